"""The domain: data types and pure functions, without Qt, network, disk or clock."""
