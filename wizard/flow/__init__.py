"""What each page and window knows, asks and says. No Qt: pages draw what a presenter here publishes."""
