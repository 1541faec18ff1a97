// Stands in a bundle for a package that a dependency imports but that the Lambda never uses.
module.exports = function leftOut() {
  throw new Error(
    'This package is left out of the bundle, because nothing in a Lambda uses it. See infra/bundle/bundles.ts.',
  )
}
