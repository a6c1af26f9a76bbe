import { openSync, writeSync } from 'node:fs';
import pg from 'pg';
import { Pipeline, Redis } from 'ioredis';

/**
 * Kills its own process (SIGKILL) at one precise step of a job: `node --import .../tuer-apres.mjs <main file>`. Any main file that uses
 * `pg` and `ioredis` will do: nothing in it knows. A step is a command sent (`envoi`: death comes once its bytes are gone, before any
 * answer) or answered (`accuse`: death comes before the program sees the answer). Steps count from the moment when a statement on the
 * outbox first brings a line.
 *
 *   TUER_MODE        envoi or accuse
 *   TUER_TEXTE       the step's text, or a part of it; no text, no death
 *   TUER_OCCURRENCE  1 for the first such step (by default), 2 for the second...
 *   TUER_TRACE       a file where each step is written, one JSON line each
 */
const { TUER_MODE, TUER_TEXTE, TUER_OCCURRENCE = '1', TUER_TRACE } = process.env;
const trace = TUER_TRACE === undefined ? null : openSync(TUER_TRACE, 'a');
let compte = false;
let vues = 0;

/** Takes note of a step; `mourir` is how to die of it: at once, or when the bytes are gone. */
function passer(mode, texte, mourir = tuer) {
  if (!compte) return;
  if (trace !== null) writeSync(trace, `${JSON.stringify({ mode, texte })}\n`);
  if (mode === TUER_MODE && TUER_TEXTE !== undefined && texte.includes(TUER_TEXTE)) vues += 1;
  if (vues === Number(TUER_OCCURRENCE)) mourir();
}

function tuer() {
  process.kill(process.pid, 'SIGKILL');
}

const { submit, handleReadyForQuery, handleError } = pg.Query.prototype;
/** BullMQ's statements begin with their comments. */
const texteDe = ({ text }) => `pg ${String(text).replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim().slice(0, 100)}`;

pg.Query.prototype.submit = function (connexion) {
  const erreur = submit.call(this, connexion);
  passer('envoi', texteDe(this));
  return erreur;
};
pg.Query.prototype.handleReadyForQuery = function (connexion) {
  if (/\boutbox\b/.test(this.text) && this._result.rowCount > 0) compte = true;
  passer('accuse', texteDe(this));
  return handleReadyForQuery.call(this, connexion);
};
pg.Query.prototype.handleError = function (erreur, connexion) {
  passer('accuse', `${texteDe(this)} (erreur)`);
  return handleError.call(this, erreur, connexion);
};

const { sendCommand } = Redis.prototype;
Redis.prototype.sendCommand = function (commande, flux) {
  const promesse = sendCommand.call(this, commande, flux);
  // A pipeline's commands leave together: `exec`, below, is their step.
  if (flux === undefined) {
    const texte = `redis ${commande.name} ${String(commande.args[0] ?? '').slice(0, 40)}`;
    const accuser = () => passer('accuse', texte);
    commande.promise.then(accuser, accuser);
    passer('envoi', texte);
  }
  return promesse;
};

const { exec } = Pipeline.prototype;
Pipeline.prototype.exec = function (...args) {
  const promesse = exec.apply(this, args);
  const accuser = () => passer('accuse', 'redis pipeline');
  promesse.then(accuser, accuser);
  passer('envoi', 'redis pipeline', () => setImmediate(tuer));
  return promesse;
};
