"""Where and when: hexagons, clusters and hours, each with how likely it is by chance."""
