"""What the council must report nationally, and reads back."""
