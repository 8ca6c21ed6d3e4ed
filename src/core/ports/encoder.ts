import type { SpaceId } from '../document.ts'
import type { ModelManifest } from '../model/manifest.ts'

/** The two sides of the model: what is typed, and what is searched. */
export type Tower = 'query' | 'document'

export type Backend = 'webgpu' | 'wasm'

export interface EncoderInfo {
  readonly modelName: string
  readonly space: SpaceId
  /** Changes with the query side and with the space: what was learned for one query tower fits no other. */
  readonly queryTower: string
  readonly dimension: number
  readonly backend: Backend
  /** Threads in use on WASM; 1 on WebGPU. */
  readonly threads: number
  /** Tokens of a document's passage that are read, its heading trail included; missing where there is no end. */
  readonly maxTokens?: number
  /** Weight of the dense side in hybrid search, 0 to 1. */
  readonly fusionWeight: number
  /** Least cosine that the model's makers call a strong, and a fair, match. */
  readonly strength: { readonly strong: number; readonly fair: number }
}

/** A model whose files have been checked. */
export interface EncoderModel {
  readonly manifest: ModelManifest
  /** Bytes by the path in the manifest. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Texts in, unit vectors out. Queries are served before documents. */
export interface Encoder {
  info(): Promise<EncoderInfo>
  /** Row-major `texts.length × dimension`, each row of length 1. The caller owns the result. */
  encode(texts: readonly string[], tower: Tower): Promise<Float32Array>
  /** Of how many tokens each text is to the document tower; missing where nothing is cut into tokens. */
  countTokens?(texts: readonly string[]): Promise<Uint32Array>
}
