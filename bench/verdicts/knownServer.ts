/*
 * A server in a process of its own whose answer times are drawn from a known distribution, and in its thread the timer
 * that it answers by.
 */
import { isMainThread } from 'node:worker_threads';
import { keepTime } from './punctualTimer';

if (isMainThread) await import('./serveKnown');
else keepTime();
