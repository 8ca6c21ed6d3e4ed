/**
 * `tsx training/convert-rnn.ts --weights FILE --tokenizer FILE --out DIR`: a Belfry model from a recurrent two-tower model of
 * PyTorch: an embedding, a layer of `nn.GRU`, `nn.LSTM` or `nn.RNN` (with tanh) whose last state stands for the text, and
 * perhaps a linear head; one layer, one direction. Whatever the towers share may be shared.
 *
 *   --weights FILE     the state dictionary as safetensors
 *   --tokenizer FILE   tokenizer.json with WordPiece; punctuation and unknown words are left out when texts are read
 *   --out DIR          the model's folder
 *   --query WORD       stands in the names of what only the query tower has (query)
 *   --document WORD    the same for documents (doc)
 *   --bits 8|32        of the numbers in the table (8)
 *   --query-tokens N, --document-tokens N   pieces of a text that are read (64, 256)
 *   --name TEXT, --licence TEXT             for the manifest
 *
 * The weight of the dense side and the strengths are those of the shipped model: `tsx training/calibrate.ts --model DIR`
 * tells what would suit this one.
 */
import { messageOf } from '../src/core/errors.ts'
import { convertModel } from './convert-model.ts'

try {
  console.log(await convertModel(process.argv.slice(2)))
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
