"""A package, unlike its folders: of two packages of this name Python takes the first that is one,
and an installed library (spylls) brings its own tests along."""
