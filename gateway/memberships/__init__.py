"""Places in joint teams, as the engagements tell them: part of who acts."""
