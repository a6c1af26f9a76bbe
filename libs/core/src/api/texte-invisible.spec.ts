import { describe, expect, it } from '@jest/globals';
import { champ, lireBrouillon, lireValeurs } from '@sillage/dispositif-kit';
import { type ErreurMetier, Refus } from '@sillage/kernel';
import { lireCreation, lireRetouche } from '../appels/appel.saisie.js';
import { exigerMotif } from '../candidatures/instruction.service.js';
import { exigerQualite } from '../conventions/convention.service.js';
import { lireAccord, lireRevocation } from '../habilitations/habilitation.saisie.js';
import { lireAnnulation, lireSurcharge } from '../parametres/parametre.saisie.js';
import { lireStructure } from '../structures/structure.saisie.js';
import { saisieRattachement } from '../territoires/commune.saisie.js';
import { idOpaque } from './index.js';
import { lireMotif } from './saisies.js';

const UUID = '019c1d2e-0000-7000-8000-000000000001';
const JOUR = '2026-02-02';

/** Every reader of a text that somebody must write: what it makes of this one, and the field it blames. */
const LECTEURS: Readonly<Record<string, (texte: string) => unknown>> = {
  'input.motif': (texte) => lireMotif(texte, 'TRANS-39'),
  'input.motif, of an opinion': (motif) => exigerMotif(motif),
  'input.qualite': (qualite) => exigerQualite(qualite),
  'input.motif, of a revocation': (motif) => lireRevocation({ id: idOpaque('Habilitation', UUID), motif }),
  'input.motif, of the end of a value': (motif) => lireAnnulation({ id: idOpaque('SurchargeParametre', UUID), motif }),
  'input.motif, of a value': (motif) =>
    lireSurcharge({ dispositif: 'd', cle: 'c', portee: 'TERRITOIRE', porteeId: 'ARTOIS', du: JOUR, valeur: 1, motif }),
  'input.libelle': (libelle) =>
    lireAccord({ iss: 'https://i.test', sub: 's', libelle, role: 'SIEGE', territoires: [], dispositifs: [] }),
  'input.sub': (sub) =>
    lireAccord({ iss: 'https://i.test', sub, libelle: 'Un nom', role: 'SIEGE', territoires: [], dispositifs: [] }),
  'input.raisonSociale': (raisonSociale) =>
    lireStructure({ raisonSociale, nature: 'ASSOCIATION', siret: '22620001200012', territoires: ['ARTOIS'] }),
  'input.libelle, of an appel': (libelle) =>
    lireCreation({ dispositif: 'd', code: 'c', libelle, ouverture: JOUR, cloture: JOUR, territoires: ['ARTOIS'] }),
  'input.libelle, of a change': (libelle) => lireRetouche({ id: idOpaque('Appel', UUID), libelle }),
  'input.champs.presentation, drafted': (presentation) =>
    exigerPresent(lireBrouillon(CHAMPS, { presentation }, CHEMIN)),
  'input.champs.presentation, finished': (presentation) => lireValeurs(CHAMPS, { presentation }, CHEMIN),
};
const CHEMIN = ['input', 'champs'];
const CHAMPS = { presentation: champ.texte({ libelle: 'Présentation' }) };

/** What is empty in a draft is nothing, which the deposit misses. */
function exigerPresent(saisies: Record<string, unknown>): void {
  if (saisies['presentation'] === null) {
    throw Refus.de('CHAMP_OBLIGATOIRE', '', { path: [...CHEMIN, 'presentation'] });
  }
}

function fautes(lire: () => unknown): string[] {
  try {
    lire();
  } catch (erreur) {
    if (!(erreur instanceof Refus)) throw erreur;
    return erreur.erreurs.map(({ code, path }: ErreurMetier) => `${code} ${path.join('.')}`);
  }
  return [];
}

describe.each(Object.entries(LECTEURS))('%s', (champEtQui, lire) => {
  const [chemin = ''] = champEtQui.split(',');

  it.each(['\u00a0 \u200b', '\u200b\u200b\u200b\u200b\u200b', '\u3164\u2800\ufe0f\u200d\u00ad', '     '])(
    'is left empty by %j',
    (texte) => {
      expect(fautes(() => lire(texte))).toEqual([
        expect.stringMatching(`^(CHAMP_OBLIGATOIRE|VALEUR_INVALIDE) ${chemin}$`),
      ]);
    },
  );

  it('is filled by a word', () => {
    expect(fautes(() => lire('\u00a0Parce que.'))).toEqual([]);
  });
});

it('the source of a rattachement is written too', () => {
  const saisie = { commune: '62041', territoire: 'ARTOIS', du: JOUR, source: 'Délibération' };
  expect(saisieRattachement.safeParse(saisie).success).toBe(true);
  expect(saisieRattachement.safeParse({ ...saisie, source: '\u200b\u200b\u200b' }).success).toBe(false);
});
