"""What is the same, with the whole corpus in view: records that are one paper (`papers`), surfaces that are one entity
(`entities`)."""
