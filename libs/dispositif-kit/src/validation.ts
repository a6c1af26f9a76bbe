import { elaguer, type ErreurMetier, Refus } from '@sillage/kernel';
import { z } from 'zod';
import { type Champ, type Champs, schemaBrouillon, schemaComplet, type Valeurs } from './champ.js';

z.config(z.locales.fr());

/** zod leaves the faulty value out of its issues unless asked: what is missing is told from it. */
const AVEC_VALEUR = { reportInput: true };

/** Checks each given field of a draft and returns the JSON to store, or throws a `Refus` with one error a fault. */
export function lireBrouillon(champs: Champs, donnees: unknown, chemin: readonly string[]): Record<string, unknown> {
  const saisies = sansVides(donnees);
  const lu = schemaBrouillon(champs).safeParse(saisies, AVEC_VALEUR);
  if (!lu.success) throw new Refus(enErreurs(lu.error, champs, chemin));
  return saisies as Record<string, unknown>;
}

/** A form sends an empty text for what nobody has typed: it is nothing. Texts lose the spaces around them. */
function sansVides(valeur: unknown): unknown {
  if (typeof valeur === 'string') return elaguer(valeur) || null;
  if (Array.isArray(valeur)) return valeur.map(sansVides);
  if (typeof valeur !== 'object' || valeur === null) return valeur;
  return Object.fromEntries(Object.entries(valeur).map(([cle, contenu]) => [cle, sansVides(contenu)]));
}

/** Reads a finished set of fields into domain values, or throws a `Refus` with one error a fault. */
export function lireValeurs<C extends Champs>(champs: C, donnees: unknown, chemin: readonly string[]): Valeurs<C> {
  const lu = schemaComplet(champs).safeParse(donnees, AVEC_VALEUR);
  if (!lu.success) throw new Refus(enErreurs(lu.error, champs, chemin));
  return lu.data;
}

/**
 * Reads some of the fields into domain values: those given are checked at once, those left out are missed only by who reads them.
 * @throws Refus with one error a fault; CHAMP_OBLIGATOIRE from the property that is read and was not given
 */
export function lireAuBesoin<C extends Champs>(champs: C, donnees: unknown, chemin: readonly string[]): Valeurs<C> {
  const saisies = lireBrouillon(champs, donnees, chemin);
  const valeurs = {};
  for (const [nom, declare] of Object.entries(champs)) {
    const saisie = saisies[nom] ?? null;
    if (saisie !== null || !declare.requis) {
      const value = saisie === null ? null : lireValeurs({ [nom]: declare }, { [nom]: saisie }, chemin)[nom];
      Object.defineProperty(valeurs, nom, { enumerable: true, value });
      continue;
    }
    const get = (): never => {
      const message = `« ${declare.options.libelle} » est à renseigner.`;
      const regle = declare.options.regle ?? null;
      throw new Refus([{ code: 'CHAMP_OBLIGATOIRE', message, path: [...chemin, nom], regle }]);
    };
    Object.defineProperty(valeurs, nom, { enumerable: false, get });
  }
  return valeurs as Valeurs<C>;
}

/** Reads any value with a zod schema of the core (an input), with the same errors. */
export function lire<T>(schema: z.ZodType<T>, donnees: unknown, chemin: readonly string[]): T {
  const lu = schema.safeParse(donnees, AVEC_VALEUR);
  if (!lu.success) throw new Refus(enErreurs(lu.error, {}, chemin));
  return lu.data;
}

function enErreurs(erreur: z.ZodError, champs: Champs, chemin: readonly string[]): ErreurMetier[] {
  return erreur.issues.flatMap((issue): ErreurMetier[] => {
    const suite = issue.path.map(String);
    const declare = champDeclare(champs, suite);
    const path = [...chemin, ...suite];
    const regle = declare?.options.regle ?? null;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((cle) => ({
        code: 'VALEUR_INVALIDE',
        message: `Le champ « ${cle} » n'existe pas ici.`,
        path: [...path, cle],
        regle: null,
      }));
    }
    const absent = issue.input === undefined || issue.input === null;
    const libelle = declare?.options.libelle;
    const message = absent
      ? `${libelle ? `« ${libelle} »` : 'Cette valeur'} est à renseigner.`
      : `${libelle ? `« ${libelle} » : ` : ''}${messageDe(issue, declare)}`;
    return [{ code: absent ? 'CHAMP_OBLIGATOIRE' : 'VALEUR_INVALIDE', message, path, regle }];
  });
}

/** What was expected of a value, as one says it. */
const ATTENDUS: Readonly<Record<string, string>> = {
  boolean: 'répondez par oui ou par non.',
  int: 'écrivez un nombre entier.',
  number: 'écrivez un nombre entier.',
  string: 'écrivez un texte.',
  array: 'donnez une liste de lignes.',
  montant: 'écrivez un montant en euros, par exemple 52000.00.',
  decimal: 'écrivez un nombre, par exemple 1.50.',
  date: 'écrivez une date sous la forme 2026-02-15.',
};

/** Of the fields that JSON writes as texts, and that nobody calls so. */
function genreSaisi(declare: Champ | undefined): string | undefined {
  const genre = declare?.nature.genre;
  return genre === 'montant' || genre === 'decimal' || genre === 'date' ? genre : undefined;
}

/** What most often goes wrong, in plain words; a declaration's own sentence, or zod's French, for the rest. */
function messageDe(issue: z.core.$ZodIssue, declare: Champ | undefined): string {
  switch (issue.code) {
    case 'invalid_type':
      return ATTENDUS[genreSaisi(declare) ?? issue.expected] ?? 'cette valeur n’a pas la forme attendue.';
    case 'too_big':
      return `au plus ${nombre(issue.maximum, issue.origin)}.`;
    case 'too_small':
      return issue.minimum === 0 ? 'un nombre positif ou nul.' : `au moins ${nombre(issue.minimum, issue.origin)}.`;
    case 'invalid_value':
      return `choisissez parmi ${issue.values.map((valeur) => direLOption(String(valeur), declare)).join(', ')}.`;
    default:
      return issue.message;
  }
}

/** A choice by its label, with the key that a file or a request may give. */
function direLOption(valeur: string, declare: Champ | undefined): string {
  const libelle = declare?.nature.genre === 'choix' ? declare.nature.options[valeur] : undefined;
  return libelle === undefined ? valeur : `${libelle} (${valeur})`;
}

function nombre(limite: number | bigint, origine: string): string {
  const mot = origine === 'string' ? ' caractère' : origine === 'array' ? ' ligne' : '';
  return `${limite}${mot}${mot !== '' && limite > 1 ? 's' : ''}`;
}

function champDeclare(champs: Champs, chemin: readonly string[]): Champ | undefined {
  const [nom, , ...suite] = chemin;
  const trouve = nom === undefined ? undefined : champs[nom];
  if (trouve?.nature.genre === 'lignes' && suite.length > 0) return champDeclare(trouve.nature.champs, suite) ?? trouve;
  return trouve;
}
