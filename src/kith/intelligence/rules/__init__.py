"""What is true of intelligence: grades, clocks, likeness, words to look at twice, school holidays. Plain Python."""
