"""What tests share: engines, databases, applications under test."""
