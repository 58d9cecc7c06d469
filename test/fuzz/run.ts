/** `npm run fuzz -- --documents 200000 --from 0` */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: { documents: { type: 'string', default: '200000' }, from: { type: 'string', default: '0' } },
});
const documents = Number(values.documents);
const verdict = await fuzz({
  documents,
  from: Number(values.from),
  onProgress(done) {
    if (done % 10_000 === 0) console.log(`${done} of ${documents} documents`);
  },
});
console.log(JSON.stringify(verdict, null, 2));
const isGood = [verdict.thrown, verdict.slow, verdict.readAlone].every((list) => list.length === 0);
console.log(isGood ? 'nothing thrown, nothing slow, nothing read that is not XML' : 'WRONG');
process.exit(isGood ? 0 : 1);
