import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ErreurValeur, type Horloge, horlogeDepuis, horlogeSysteme, lireInstant, Temporal } from '@sillage/kernel';
import { RefusConsole } from '../commande.js';

/** Thirteen days before the 2026 call of Coordo ASE closes: the guided tour happens inside its window. */
const DEPART = '2026-02-02T09:00:00+01:00';
const FUSEAU = 'Europe/Paris';
const NOTE_SECONDES = 5;

/**
 * The demonstration's present. It stops when the demonstration stops and goes on from there at the next start: what was
 * dated yesterday is never in the future. It is noted every five seconds, in case nobody can say when it stopped.
 */
export class HorlogeDemo implements Horloge {
  readonly #horloge: Horloge;
  readonly #fichier: string;
  #minuterie: NodeJS.Timeout | undefined;

  /** @throws RefusConsole when `imposee` (HORLOGE_DEMO) is no instant, or would go back in time. */
  constructor(dossier: string, imposee: string | undefined, reelle: Horloge = horlogeSysteme) {
    this.#fichier = join(dossier, 'horloge.json');
    this.#horloge = horlogeDepuis(depart(noteDans(this.#fichier), imposee), reelle);
  }

  maintenant(): Temporal.Instant {
    return this.#horloge.maintenant();
  }

  /** ISO instant with the offset of Paris, to the second: what HORLOGE_DEMO holds. */
  toString(): string {
    return this.maintenant().toZonedDateTimeISO(FUSEAU).toString({ smallestUnit: 'second', timeZoneName: 'never' });
  }

  demarrer(): void {
    this.#noter();
    this.#minuterie = setInterval(() => this.#noter(), NOTE_SECONDES * 1000);
  }

  arreter(): void {
    clearInterval(this.#minuterie);
    this.#noter();
  }

  #noter(): void {
    writeFileSync(this.#fichier, JSON.stringify({ instant: this.maintenant().toString() }));
  }
}

function depart(note: Temporal.Instant | undefined, imposee: string | undefined): Temporal.Instant {
  // The last note may be five seconds old: what happened since then must not be in the future.
  const suite = note?.add({ seconds: NOTE_SECONDES });
  if (imposee === undefined || imposee === '') return suite ?? lireInstant(DEPART);
  const voulu = lire(imposee);
  if (suite !== undefined && Temporal.Instant.compare(voulu, suite) < 0) {
    const arret = suite.toZonedDateTimeISO(FUSEAU).toString({ smallestUnit: 'second', timeZoneName: 'never' });
    throw new RefusConsole(
      `HORLOGE_DEMO=${imposee} ferait reculer la démonstration, arrêtée le ${arret} : choisissez plus tard, ou recommencez par « npm start -- --reset ».`,
    );
  }
  return voulu;
}

function lire(texte: string): Temporal.Instant {
  try {
    return lireInstant(texte);
  } catch (erreur) {
    if (erreur instanceof ErreurValeur) throw new RefusConsole(`HORLOGE_DEMO : ${erreur.message}`);
    throw erreur;
  }
}

function noteDans(fichier: string): Temporal.Instant | undefined {
  if (!existsSync(fichier)) return undefined;
  const { instant } = JSON.parse(readFileSync(fichier, 'utf8')) as { instant: string };
  return Temporal.Instant.from(instant);
}
