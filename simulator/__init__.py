"""A telephone carrier on loopback, and a town of residents behind its numbers. See docs/simulator.md."""
