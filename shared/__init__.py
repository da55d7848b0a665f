"""What every service uses. Knows no domain noun, `contracts/` aside."""
