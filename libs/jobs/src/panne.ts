import { QueryFailedError } from 'typeorm';
import type { z } from 'zod';

/** The charge in the outbox is not what the job's definition says. Trying again cannot help. */
export class ChargeInvalide extends Error {
  override readonly name = 'ChargeInvalide';

  constructor(erreur: z.ZodError) {
    // Paths and codes only: zod's messages may quote the value.
    super(erreur.issues.map(({ path, code }) => `${path.map(segment).join('.') || '(racine)'} ${code}`).join(', '));
  }
}

/** No executor is declared under this name on this queue: another version of the worker may know it. */
export class JobInconnu extends Error {
  override readonly name = 'JobInconnu';
}

/**
 * Describes an unexpected error in French for an administrator, without nominative data: kind, SQLSTATE, constraint and place in our
 * code, but never the message of an error that we did not write (it may quote a name or a number that somebody typed).
 */
export function texteDePanne(erreur: unknown): string {
  if (erreur instanceof ChargeInvalide) return `La charge ne suit pas la définition du job : ${erreur.message}.`;
  if (erreur instanceof JobInconnu) return erreur.message;
  if (!(erreur instanceof Error)) return 'Erreur imprévue, sans description.';
  const source: unknown = erreur instanceof QueryFailedError ? erreur.driverError : erreur;
  const details = [
    nomDe(erreur),
    mention('code', source, 'code'),
    mention('contrainte', source, 'constraint'),
    mention('table', source, 'table'),
    lieu(erreur.stack),
  ];
  return `Erreur imprévue : ${details.filter((detail) => detail !== null).join(', ')}.`;
}

const IDENTIFIANT = /^[\w.$-]{1,80}$/;

function segment(cle: PropertyKey): string {
  return typeof cle === 'string' && !IDENTIFIANT.test(cle) ? '?' : String(cle);
}

function nomDe(erreur: Error): string {
  const nom = erreur.constructor.name;
  return IDENTIFIANT.test(nom) ? nom : 'Error';
}

function mention(libelle: string, source: unknown, cle: string): string | null {
  if (typeof source !== 'object' || source === null) return null;
  const valeur: unknown = Reflect.get(source, cle);
  return typeof valeur === 'string' && IDENTIFIANT.test(valeur) ? `${libelle} ${valeur}` : null;
}

/** File and line of the first frame of our own code. */
function lieu(pile: string | undefined): string | null {
  const cadres = pile?.split('\n').filter((ligne) => /^\s+at /.test(ligne) && !/node_modules|node:/.test(ligne)) ?? [];
  for (const cadre of cadres) {
    const place = /([\w.-]+\.[cm]?[jt]s):(\d+):\d+\)?$/.exec(cadre);
    if (place) return `${place[1]} ligne ${place[2]}`;
  }
  return null;
}
