import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';
import { Empechement } from './preparer.mjs';
import { ligneDeCommande } from './processus.mjs';

const ATTENTE_ORPHELIN_MS = 20_000;

/**
 * One `npm start` at a time for one data folder: a file with the id of the process that holds it. A lock whose process
 * died (killed, power cut) is taken over, once the processes that it had started have noticed and ended.
 */
export async function prendreVerrou(fichier, quoi = 'Une démonstration') {
  mkdirSync(dirname(fichier), { recursive: true });
  for (;;) {
    if (ecrireSiAbsent(fichier)) return new Verrou(fichier);
    const { pid, conducteur } = lire(fichier);
    if (enVie(pid)) {
      throw new Empechement(
        `${quoi} tourne déjà dans ce dossier (processus ${pid}) : arrêtez-la par Ctrl-C, ou « kill ${pid} », puis recommencez.`,
      );
    }
    if (enVie(conducteur)) await attendreFin(conducteur);
    rmSync(fichier, { force: true });
  }
}

class Verrou {
  constructor(fichier) {
    this.fichier = fichier;
  }

  /** Notes the process that holds the database and the servers, which may outlive this one by a few seconds. */
  noterConducteur(pid) {
    writeFileSync(this.fichier, JSON.stringify({ pid: process.pid, conducteur: pid }));
  }

  rendre() {
    rmSync(this.fichier, { force: true });
  }
}

function ecrireSiAbsent(fichier) {
  try {
    writeFileSync(fichier, JSON.stringify({ pid: process.pid }), { flag: 'wx' });
    return true;
  } catch (erreur) {
    if (erreur.code === 'EEXIST') return false;
    throw erreur;
  }
}

function lire(fichier) {
  try {
    return JSON.parse(readFileSync(fichier, 'utf8'));
  } catch {
    return {};
  }
}

/** A number may have been given again to somebody else's process: its command line tells. */
function enVie(pid) {
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
  } catch (erreur) {
    if (erreur.code !== 'EPERM') return false;
  }
  const commande = ligneDeCommande(pid);
  return commande === undefined ? process.platform === 'win32' : /start\.mjs|console/.test(commande);
}

async function attendreFin(pid) {
  console.log(`  … fin de la démonstration précédente (processus ${pid})`);
  const limite = Date.now() + ATTENTE_ORPHELIN_MS;
  while (enVie(pid)) {
    if (Date.now() > limite) {
      throw new Empechement(
        `La démonstration précédente ne s’arrête pas (processus ${pid}) : « kill -9 ${pid} », puis recommencez.`,
      );
    }
    await attendre(200);
  }
}
