"""What the person who runs the studio sees: numbers, log lines, and the id that joins them."""
