/** `npm run crash -- --cycles 200` */
import { parseArgs } from 'node:util';
import { crash } from './crash.ts';

const { values } = parseArgs({ options: { cycles: { type: 'string', default: '200' } } });
const cycles = Number(values.cycles);
const { tally, verdict } = await crash({
  cycles,
  onProgress(cycle, now) {
    if (cycle % 20 === 0) console.log(`${cycle} of ${cycles} kills: ${JSON.stringify(now)}`);
  },
});
console.log(JSON.stringify({ kills: cycles, ...tally, ...verdict }, null, 2));
const isGood = Object.values(verdict).every((wrong) => wrong === 0) && tally.acknowledged > 0;
console.log(isGood ? 'every acknowledged action once, every other at most once, ledger sum = balance' : 'WRONG');
process.exit(isGood ? 0 : 1);
