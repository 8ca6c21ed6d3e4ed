import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { securityHeaders } from './tools/headers.mjs'

export default defineConfig({
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: [
          '**/*.{js,mjs,css,html,wasm,png,svg,webmanifest}',
          'models/**/manifest.json',
          'samples/**',
          // PDF of the far east is read offline too.
          'assets/cmaps-*.bin',
        ],
        // hnswlib-wasm is fetched by those alone who pick it.
        globIgnores: ['**/*.{br,gz}', 'assets/hnswlib*'],
        // The ONNX runtime is one file of 27 MB; the default limit is 2 MiB.
        maximumFileSizeToCacheInBytes: 40 * 1024 * 1024,
      },
    }),
  ],
  // Vite's own client and React's refresh need inline scripts, so the policy holds in builds and previews only.
  server: { headers: securityHeaders({ policy: false }) },
  preview: { headers: securityHeaders({ policy: true }) },
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, sourcemap: false },
  // The runtime's wasm and glue stay files of their own, so that its threads load only the small glue.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  optimizeDeps: {
    exclude: ['onnxruntime-web'],
    // Found late, these would make the first browser test of a fresh clone load its page again halfway.
    include: [
      '@noble/hashes/sha2.js',
      '@noble/hashes/utils.js',
      'chardet',
      'comlink',
      'exifreader',
      'hnswlib-wasm',
      'htmlparser2',
      'idb',
      'lucide-react',
      'marked',
      'pdfjs-dist/legacy/build/pdf.mjs',
      'pdfjs-dist/legacy/build/pdf.worker.mjs',
      'postal-mime',
      'react',
      'react-dom',
      'react-dom/client',
      'yaml',
      'react/jsx-dev-runtime',
      'zustand/vanilla',
    ],
  },
})
