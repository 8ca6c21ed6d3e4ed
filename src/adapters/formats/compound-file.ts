/** First bytes of a compound file: old Office documents, and new ones that are locked (MS-CFB 2.2). */
const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const RECORD = 128
/** Directories stand anywhere; names beyond this are in no file that people have. */
const MOST_BYTES = 64 * 1024 * 1024

/** What streams a document has, and what to tell its owner. In this order: a locked document has others as well. */
const KINDS: readonly (readonly [stream: string, sentence: string])[] = [
  ['EncryptedPackage', 'The document is protected with a password. Save it without one and add it again.'],
  [
    'WordDocument',
    'Belfry does not read the old Word format (.doc). Save the document as .docx and add it again.',
  ],
  [
    'Workbook',
    'Belfry does not read the old Excel format (.xls). Save the workbook as .xlsx and add it again.',
  ],
  ['Book', 'Belfry does not read the old Excel format (.xls). Save the workbook as .xlsx and add it again.'],
  [
    'PowerPoint Document',
    'Belfry does not read the old PowerPoint format (.ppt). Save the presentation as .pptx and add it again.',
  ],
  [
    '__properties_version1.0',
    'Belfry does not read messages of Outlook (.msg). Save the message as .eml and add it again.',
  ],
]
const OTHER = 'Belfry does not read this old kind of Office file. Save it in a newer format and add it again.'

export function isCompoundFile(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte)
}

/** Why a compound file is not read, and what to do, as a sentence for the user. */
export function compoundFileReason(bytes: Uint8Array): string {
  const names = streamNames(bytes.subarray(0, MOST_BYTES))
  return KINDS.find(([stream]) => names.has(stream))?.[1] ?? OTHER
}

/**
 * Names of streams. Directory records are aligned to their size, so that they are found without following the chains of
 * sectors, which may be broken or endless.
 */
function streamNames(bytes: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>()
  const decoder = new TextDecoder('utf-16le')
  for (let at = 0; at + RECORD <= bytes.length; at += RECORD) {
    const length = (bytes[at + 64] ?? 0) + 256 * (bytes[at + 65] ?? 0)
    const type = bytes[at + 66] ?? 0
    // The name ends in a zero, and is of a storage, a stream, or the root.
    if (length < 4 || length > 64 || length % 2 !== 0 || type > 5) continue
    names.add(decoder.decode(bytes.subarray(at, at + length - 2)))
  }
  return names
}
