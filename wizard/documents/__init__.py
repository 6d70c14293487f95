"""What leaves the program as a text or a file: lists and exports, later plan files and review documents. No Qt."""
