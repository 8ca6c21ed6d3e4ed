import { describeSearchKernels } from './search-kernels.suite.ts'

describeSearchKernels('simd')
