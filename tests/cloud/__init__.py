"""Picture engines asked over the network, proven on servers of this machine that speak as the vendors do."""
