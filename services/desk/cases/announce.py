"""What every act on a case ends with: the new version, its event, its audit entry."""
