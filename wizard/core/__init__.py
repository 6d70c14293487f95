"""What an integration is and what is true of it: no Qt, no network, no disk, no clock."""
