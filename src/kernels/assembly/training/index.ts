export { multiply, multiplyTransposed } from './products'
export { exponentiate, weighExponentials } from './softmax'
export { adam, spreadGradients, sumBags } from './bags'
export { predictMiddles } from './windows'
