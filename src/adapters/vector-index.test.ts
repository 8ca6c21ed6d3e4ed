import { createExactVectorIndex } from './exact-vector-index.ts'
import { createKernelVectorIndex } from './kernel-vector-index.ts'
import { describeVectorIndex } from './vector-index.suite.ts'

describeVectorIndex({ name: 'the exact index', create: createExactVectorIndex })
describeVectorIndex({
  name: 'the kernel scan',
  create: dimension => createKernelVectorIndex({ dimension, mode: 'scan' }),
})
describeVectorIndex({
  name: 'the kernel scan of whole rows',
  create: dimension => createKernelVectorIndex({ dimension, mode: 'scan', wholeRows: true }),
})
describeVectorIndex({
  name: 'the kernel scan by signs',
  create: dimension => createKernelVectorIndex({ dimension, mode: 'signs' }),
})
describeVectorIndex({
  name: 'the kernel graph',
  create: dimension => createKernelVectorIndex({ dimension, mode: 'graph' }),
})
