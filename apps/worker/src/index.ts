export { creerWorker, type OptionsWorker, type Worker } from './worker.js';
