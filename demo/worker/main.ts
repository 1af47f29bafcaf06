import { closePost } from '../mail/send.ts';
import { meetTheOthers, untilParentEnds } from '../lifeline.ts';
import { openState } from '../state/open.ts';
import { handlers } from './handlers.ts';
import { takeUpLost, work } from './run.ts';

const stop = new AbortController();
untilParentEnds(() => stop.abort());
await meetTheOthers();
const db = await openState();
await takeUpLost(db);
await work(db, handlers, stop.signal, Number(process.env['WORKER_DELAY_MS'] ?? 0));
closePost();
await db.close();
process.exit(0);
