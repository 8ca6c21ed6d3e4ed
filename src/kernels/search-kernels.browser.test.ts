import { describeSearchKernels } from './search-kernels.suite.ts'

// Most of the relaxed kernels' calls here are the first of their instance, which runs code of the baseline compiler.
describeSearchKernels('simd')
describeSearchKernels('relaxed')
