import { describe, expect, it } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import { Refus } from '@sillage/kernel';
import type { Filtres, TypeLu } from './declaration.js';
import { egal, parmi, seulement } from './filtres-usuels.js';
import { filtrer, formeDesFiltres, trouver } from './filtres.js';
import { Redaction } from './redaction.js';

const type: TypeLu = { nom: 'Essai', description: 'Un essai.', table: 't', champs: {} };
const filtres: Filtres = {
  ville: egal(() => String, 'ville', { lire: (texte: string) => texte.toLowerCase() }),
  etats: parmi(() => String, 'etat'),
  ouverts: seulement((l) => l.colonne('ouvert'), { description: 'Ouverts.', parDefaut: false }),
};

/** The conditions, and the values that a request brings to their places. */
function ecrire(args: Record<string, unknown>, faire = filtrer, demande = args): { sql: string[]; valeurs: unknown[] } {
  const redaction = new Redaction({} as ContexteActeur);
  const sql = faire(redaction, filtres, redaction.ligne(type, null), { args, rang: 0 });
  return { sql, valeurs: redaction.valeurs.map((valeur) => valeur({ args: [demande], maintenant: '' })) };
}

describe('The filters of a list', () => {
  it.each([
    [{}, [], []],
    [{ ville: null, etats: undefined }, [], []],
    [{ ville: '' }, [], []],
    [{ ville: 'Lens' }, ['l1.ville = $1::text'], ['lens']],
    [{ etats: ['A'] }, ['l1.etat = $1::text'], ['A']],
    [{ etats: ['A', 'B'] }, ['l1.etat = any($1::text[])'], [['A', 'B']]],
    [{ etats: [] }, ['l1.etat = any($1::text[])'], [[]]],
    [{ ouverts: false }, ['(not $1::boolean or l1.ouvert)'], [false]],
    [{ etats: ['A'], ville: 'Lens' }, ['l1.ville = $1::text', 'l1.etat = $2::text'], ['lens', 'A']],
  ])('%j', (args, sql, valeurs) => {
    expect(ecrire(args)).toEqual({ sql, valeurs });
  });

  it('share a text exactly when they share a shape, whatever their values', () => {
    const valeurs = [undefined, null, '', 'x', 'y'];
    const listes = [undefined, [], ['A'], ['B'], ['A', 'B'], ['A', 'B', 'C']];
    const textes = new Map<string, string>();
    for (const ville of valeurs) {
      for (const etats of listes) {
        for (const ouverts of [undefined, true, false]) {
          const args = { ville, etats, ouverts };
          const forme = formeDesFiltres(filtres, args);
          const texte = ecrire(args).sql.join(' and ');
          expect(textes.get(forme) ?? texte).toBe(texte);
          textes.set(forme, texte);
        }
      }
    }
    expect(new Set(textes.values()).size).toBe(textes.size);
  });

  it('take their values from each request, not from the one that made the text', () => {
    expect(ecrire({ ville: 'Lens' }, filtrer, { ville: 'Arras' }).valeurs).toEqual(['arras']);
  });

  it('that find a row leave none out, not even an empty one', () => {
    expect(ecrire({ ville: '', etats: ['A'], ouverts: true }, trouver).sql).toHaveLength(3);
  });

  it('look for what they name once, and refuse at their own argument', () => {
    const refuser = (chemin: string[]): Refus => Refus.de('VALEUR_INVALIDE', 'Non.', { path: chemin });
    const chercheurs: Filtres = {
      jour: {
        ...egal(() => String, 'jour'),
        cherche: { sql: (v) => `select max(j) from t where j < ${v}`, refus: refuser },
      },
    };
    const redaction = new Redaction({} as ContexteActeur);
    const conditions = filtrer(redaction, chercheurs, redaction.ligne(type, null), { args: { jour: 'x' }, rang: 0 });
    expect(conditions).toEqual(['l1.jour = (select r0.trouvee from r0)']);
    expect(redaction.recherches.map(({ sql }) => sql)).toEqual(['select max(j) from t where j < $1::text']);
    expect(redaction.recherches[0]?.refus().erreurs[0]?.path).toEqual(['jour']);
  });
});
