"""What is the same: records that are one paper, surfaces that are one entity, with the whole corpus in view."""
