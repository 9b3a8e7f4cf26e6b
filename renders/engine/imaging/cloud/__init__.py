"""Picture engines that are asked over the network: what they share is here, each speaks to its vendor in a file of its own."""
