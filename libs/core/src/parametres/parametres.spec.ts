import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import { dateCivile, type ErreurMetier, type Fraction } from '@sillage/kernel';
import { type Banc, monterBanc } from '../../test/banc.js';
import { essai, voisin } from '../../test/dispositif-essai.js';
import { type DossierEssai, ecrireDossier } from '../../test/dossiers.js';
import { idOpaque } from '../api/index.js';
import { declarerAppels } from '../appels/index.js';
import { type DossierParametre, ParametreService } from './parametre.service.js';

let banc: Banc;
let admin: ContexteActeur;
let dossier: DossierEssai;
let ailleurs: DossierEssai;
let artois: string;

beforeAll(async () => {
  banc = await monterBanc({ dispositifs: [essai, voisin] });
  admin = await banc.acteur('ADMINISTRATEUR');
  const preparer = async (departementId: '62' | '99'): Promise<DossierEssai> => {
    const territoireIds = [await banc.territoireId(departementId, 'ARTOIS')];
    const [appelId = ''] = await banc.unites.executer(departementId, (em) =>
      declarerAppels(em, departementId, essai, territoireIds, banc.horloge),
    );
    return ecrireDossier(banc, departementId, { appelId, territoireIds, au: '2026-12-31' });
  };
  dossier = await preparer('62');
  ailleurs = await preparer('99');
  artois = await banc.territoireId('62', 'ARTOIS');
});
afterAll(() => banc?.fermer());
beforeEach(() => banc.vider('parametre_surcharge', 'journal', 'idempotence'));

describe('parametreSurcharger', () => {
  test('the strongest scope wins: annex, convention, territory, appel, then the declaration (TRANS-02)', async () => {
    const complet = { appelId: dossier.appelId, territoireIds: [artois], conventionId: dossier.conventionId };
    const etapes = [
      ['APPEL', idOpaque('Appel', dossier.appelId), 61],
      ['TERRITOIRE', 'artois', '62.25'],
      ['CONVENTION', idOpaque('Convention', dossier.conventionId), 63],
      ['ANNEXE', idOpaque('Convention', dossier.conventionId), 64],
    ] as const;
    expect(await taux(complet)).toEqual(['3/5', 'DISPOSITIF']);
    for (const [portee, porteeId, valeur] of etapes) {
      expect((await surcharger({ portee, porteeId, valeur })).errors).toEqual([]);
    }
    expect(await taux(complet)).toEqual(['16/25', 'ANNEXE']);
    expect(await taux({ appelId: dossier.appelId, territoireIds: [artois] })).toEqual(['249/400', 'TERRITOIRE']);
    expect(await taux({ appelId: dossier.appelId })).toEqual(['61/100', 'APPEL']);
    expect(await taux({ territoireIds: [await banc.territoireId('62', 'TERNOIS')] })).toEqual(['3/5', 'DISPOSITIF']);
    expect(await taux({})).toEqual(['3/5', 'DISPOSITIF']);
    expect(await taux(complet, '2026-01-31')).toEqual(['3/5', 'DISPOSITIF']);
  });

  test('keeps who, when, why and under which rules', async () => {
    const { surcharge } = await surcharger({ valeur: 61 });
    expect(surcharge).toMatchObject({
      dispositif: 'essai',
      cle: 'taux',
      valeur: {
        valeur: '61 %',
        valeurBrute: 61,
        origine: 'TERRITOIRE',
        cible: 'Artois',
        motif: 'Délibération du 30 janvier',
        decidePar: 'ADMINISTRATEUR d’essai',
        decideLe: '2026-02-02T08:00:00Z',
        annuleeLe: null,
      },
    });
    const lignes = await banc.lignes('62', 'select action, acteur_id, regles, details from sillage.journal');
    expect(lignes).toEqual([
      {
        action: 'PARAMETRE_SURCHARGER',
        acteur_id: admin.acteur.utilisateurId,
        regles: ['TRANS-02', 'TRANS-12', 'AMB-097'],
        details: expect.objectContaining({ cle: 'taux', portee: 'TERRITOIRE', valeur: 61, du: '2026-02-01', au: null }),
      },
    ]);
  });

  test.each([
    [{ valeur: 160 }, 'VALEUR_INVALIDE', ['input', 'valeur'], 'TRANS-12'],
    [{ valeur: '0.5' }, 'VALEUR_INVALIDE', ['input', 'valeur'], 'TRANS-12'],
    [{ valeur: { a: 1 } }, 'VALEUR_INVALIDE', ['input', 'valeur'], 'TRANS-12'],
    [{ cle: 'dureeMax', valeur: 6.5 }, 'VALEUR_INVALIDE', ['input', 'valeur'], 'TRANS-09'],
    [{ cle: 'inconnue' }, 'PARAMETRE_INCONNU', ['input', 'cle'], 'TRANS-02'],
    [{ cle: 'constructor' }, 'PARAMETRE_INCONNU', ['input', 'cle'], 'TRANS-02'],
    [{ dispositif: 'inconnu' }, 'DISPOSITIF_INCONNU', ['input', 'dispositif'], 'TRANS-01'],
    [{ porteeId: 'Nulle part' }, 'INTROUVABLE', ['input', 'porteeId'], null],
    [{ portee: 'APPEL' }, 'INTROUVABLE', ['input', 'porteeId'], null],
    [{ au: '2026-01-31' }, 'PERIODE_INVALIDE', ['input', 'au'], 'TRANS-02'],
    [{ motif: '  ' }, 'VALEUR_INVALIDE', ['input', 'motif'], null],
  ])('refuses %j', async (input, code, path, regle) => {
    expect((await surcharger({ valeur: 61, ...input })).errors).toMatchObject([{ code, path, regle }]);
    expect(await banc.lignes('62', 'select id from sillage.parametre_surcharge')).toEqual([]);
  });

  test('refuses two values on one day, and says which is there', async () => {
    await surcharger({ valeur: 61, au: '2026-03-31' });
    const { errors } = await surcharger({ valeur: 70, du: '2026-03-31' });
    expect(errors).toMatchObject([{ code: 'PERIODE_INVALIDE', path: ['input', 'du'] }]);
    expect(errors[0]?.message).toBe(
      '« Taux d’avance » est déjà fixé ici : 61 % à compter du 1er février 2026, jusqu’au 31 mars 2026. Annulez cette valeur d’abord.',
    );
    expect((await surcharger({ valeur: 70, du: '2026-04-01' })).errors).toEqual([]);
  });

  test('of two administrators at the same time one wins; the same key has one effect', async () => {
    const autre = await banc.acteur('ADMINISTRATEUR');
    const reponses = await Promise.all([
      surcharger({ valeur: 61 }),
      surcharger({ valeur: 62, du: '2026-05-01' }, autre),
    ]);
    expect(reponses.map(({ errors }) => errors.map(({ code }) => code)).sort()).toEqual([[], ['PERIODE_INVALIDE']]);
    const input = { cle: 'dureeMax', valeur: 6, clientMutationId: 'cle' };
    const [une, deux] = await Promise.all([surcharger(input), surcharger(input)]);
    expect(une?.surcharge?.id).toBe(deux?.surcharge?.id);
    expect(await banc.lignes('62', 'select id from sillage.parametre_surcharge')).toHaveLength(2);
  });

  test('another département’s appel or convention does not exist, nor one of another dispositif', async () => {
    const [ici, la] = [dossier, ailleurs];
    for (const [portee, type, id] of [
      ['APPEL', 'Appel', la.appelId],
      ['CONVENTION', 'Convention', la.conventionId],
      ['ANNEXE', 'Appel', ici.appelId],
    ] as const) {
      const { errors } = await surcharger({ valeur: 61, portee, porteeId: idOpaque(type, id) });
      expect(errors).toMatchObject([{ code: 'INTROUVABLE', path: ['input', 'porteeId'] }]);
    }
    for (const [portee, porteeId] of [
      ['APPEL', idOpaque('Appel', ici.appelId)],
      ['CONVENTION', idOpaque('Convention', ici.conventionId)],
    ]) {
      const { errors } = await surcharger({ dispositif: 'voisin', valeur: 61, portee, porteeId });
      expect(errors).toMatchObject([{ code: 'INTROUVABLE', path: ['input', 'porteeId'] }]);
    }
    const admin99 = await banc.acteur('ADMINISTRATEUR', { departementId: '99' });
    expect((await surcharger({ valeur: 61 }, admin99)).errors).toEqual([]);
    expect(await taux({ territoireIds: [artois] })).toEqual(['3/5', 'DISPOSITIF']);
  });

  test('is the administrator’s', async () => {
    expect((await surcharger({ valeur: 61 }, await banc.acteur('SIEGE'))).errors).toMatchObject([
      { code: 'ACTION_INTERDITE', path: ['input', 'dispositif'] },
    ]);
    expect((await surcharger({ valeur: 61 }, await banc.acteur('SLAI'))).errors).toMatchObject([
      { code: 'INTROUVABLE', path: ['input', 'dispositif'] },
    ]);
  });

  test('is read back as it is asked, under any alias', async () => {
    const document = `mutation ($input: ParametreSurchargerInput!) { parametreSurcharger(input: $input) {
      faite: surcharge { lue: valeur { affichee: valeur saisie: valeurBrute origine } v: valeur { cible decidePar } } } }`;
    const input = {
      ...{ dispositif: 'essai', cle: 'taux', portee: 'TERRITOIRE', porteeId: 'béthune', du: '2026-02-01' },
      ...{ valeur: 62, motif: 'Délibération d’essai' },
    };
    expect(await banc.demander(admin, document, { input })).toEqual({
      parametreSurcharger: {
        faite: {
          lue: { affichee: '62 %', saisie: 62, origine: 'TERRITOIRE' },
          v: { cible: 'Artois', decidePar: 'ADMINISTRATEUR d’essai' },
        },
      },
    });
  });
});

describe('parametreSurchargeAnnuler', () => {
  test('the value no longer counts, and stays in the history with its reason', async () => {
    const { surcharge } = await surcharger({ valeur: 61 });
    const id = surcharge!.id;
    const reponse = await annuler({ id, motif: 'Délibération retirée' });
    expect(reponse).toMatchObject({ errors: [], surcharge: { valeur: { annuleeLe: '2026-02-02T08:00:00Z' } } });
    expect(await taux({ territoireIds: [artois] })).toEqual(['3/5', 'DISPOSITIF']);
    const [parametre] = await lire({ cle: 'taux', territoires: ['ARTOIS'] });
    expect(parametre?.historique).toEqual([
      {
        valeur: '60 %',
        origine: 'DISPOSITIF',
        cible: null,
        du: '2026-01-01',
        au: '2026-06-30',
        motif: null,
        motifAnnulation: null,
      },
      {
        valeur: '62,5 %',
        origine: 'DISPOSITIF',
        cible: null,
        du: '2026-07-01',
        au: null,
        motif: null,
        motifAnnulation: null,
      },
      {
        valeur: '61 %',
        origine: 'TERRITOIRE',
        cible: 'Artois',
        du: '2026-02-01',
        au: null,
        motif: 'Délibération du 30 janvier',
        motifAnnulation: 'Délibération retirée',
      },
    ]);
    expect((await annuler({ id, motif: 'Deux fois' })).errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE' }]);
    expect((await surcharger({ valeur: 65 })).errors).toEqual([]);
  });

  test('not somebody else’s département', async () => {
    const { surcharge } = await surcharger({ valeur: 61 });
    const admin99 = await banc.acteur('ADMINISTRATEUR', { departementId: '99' });
    expect((await annuler({ id: surcharge!.id, motif: 'Par erreur' }, admin99)).errors).toMatchObject([
      { code: 'INTROUVABLE', path: ['input', 'id'] },
    ]);
    expect(await taux({ territoireIds: [artois] })).toEqual(['61/100', 'TERRITOIRE']);
  });
});

describe('parametres', () => {
  test('each with its value, where it comes from, and why there is none', async () => {
    await surcharger({ valeur: 61 });
    const siege = await banc.acteur('SIEGE');
    const lignes = await lire({ territoires: ['ARTOIS'], date: '2026-03-01' }, siege);
    expect(lignes).toMatchObject([
      {
        cle: 'dureeMax',
        valeur: '12 mois',
        origine: 'DISPOSITIF',
        regle: 'TRANS-09',
        interpretation: null,
        errors: [],
      },
      { cle: 'taux', valeur: '61 %', origine: 'TERRITOIRE', regle: 'TRANS-12', interpretation: 'AMB-097', errors: [] },
      {
        cle: 'plafond',
        valeur: null,
        origine: null,
        regle: 'TRANS-10',
        interpretation: null,
        errors: [{ code: 'PARAMETRE_INCONNU', path: ['parametres', 'plafond'], regle: 'TRANS-10' }],
      },
      // Of every dispositif.
      { cle: 'conservationActive', valeur: '24 mois', origine: 'DISPOSITIF', interpretation: 'AMB-165', errors: [] },
      { cle: 'conservationArchive', valeur: '36 mois', origine: 'DISPOSITIF', interpretation: 'AMB-165', errors: [] },
      { cle: 'rappelAvantCloture', valeur: '7 jours', origine: 'DISPOSITIF', interpretation: null, errors: [] },
      { cle: 'complementApresCloture', valeur: 'non', origine: 'DISPOSITIF', interpretation: 'AMB-107', errors: [] },
      { cle: 'delaiComplement', valeur: '15 jours', origine: 'DISPOSITIF', interpretation: 'AMB-056', errors: [] },
      { cle: 'horizonDesDates', valeur: '3 ans', origine: 'DISPOSITIF', interpretation: null, errors: [] },
      { cle: 'denonciationPreavis', valeur: '2 mois', origine: 'DISPOSITIF', interpretation: 'AMB-055', errors: [] },
      { cle: 'echeanceAnnuelle', valeur: '31 décembre de chaque année', interpretation: 'AMB-034', errors: [] },
      { cle: 'resiliationDelai', valeur: '2 mois', origine: 'DISPOSITIF', interpretation: 'AMB-055', errors: [] },
      { cle: 'alerteFinConvention', valeur: '6 mois', origine: 'DISPOSITIF', interpretation: 'AMB-033', errors: [] },
      { cle: 'tailleMaxPiece', valeur: '10 Mo', origine: 'DISPOSITIF', interpretation: null, errors: [] },
      { cle: 'delaiTicketPiece', valeur: '10 minutes', origine: 'DISPOSITIF', interpretation: null, errors: [] },
    ]);
  });

  test('a convention brings its appel and its territories; territories that disagree have no value', async () => {
    await surcharger({ valeur: 61 });
    const conventionId = idOpaque('Convention', dossier.conventionId);
    expect((await lire({ cle: 'taux', conventionId }))[0]).toMatchObject({ valeur: '61 %', origine: 'TERRITOIRE' });
    await surcharger({ valeur: 70, porteeId: 'TERNOIS' });
    const [ambigu] = await lire({ cle: 'taux', territoires: ['ARTOIS', 'TERNOIS'] });
    expect(ambigu).toMatchObject({
      valeur: null,
      errors: [{ code: 'PARAMETRE_AMBIGU', path: ['parametres', 'taux'] }],
    });
    expect(ambigu?.historique).toHaveLength(4);
  });

  test('are not for porteurs, nor across départements', async () => {
    const porteur = await banc.acteur('ASSOCIATION');
    await expect(lire({}, porteur)).rejects.toMatchObject({
      erreurs: [{ code: 'INTROUVABLE', path: ['dispositif'] }],
    });
    const conventionId = idOpaque('Convention', ailleurs.conventionId);
    await expect(lire({ conventionId })).rejects.toMatchObject({
      erreurs: [{ code: 'INTROUVABLE', path: ['conventionId'] }],
    });
  });
});

interface Reponse {
  errors: ErreurMetier[];
  surcharge: { id: string } | null;
}

interface Ligne {
  cle: string;
  historique: object[];
}

const REPONSE = `{ errors { code message path regle } surcharge { id dispositif cle valeur { valeur valeurBrute origine cible
  motif decidePar decideLe annuleeLe annuleePar } } }`;

async function surcharger(input: object, qui = admin): Promise<Reponse> {
  const document = `mutation ($input: ParametreSurchargerInput!) { r: parametreSurcharger(input: $input) ${REPONSE} }`;
  const parDefaut = {
    dispositif: 'essai',
    cle: 'taux',
    portee: 'TERRITOIRE',
    porteeId: 'ARTOIS',
    du: '2026-02-01',
    motif: 'Délibération du 30 janvier',
  };
  return (await banc.demander<{ r: Reponse }>(qui, document, { input: { ...parDefaut, ...input } })).r;
}

async function annuler(input: object, qui = admin): Promise<Reponse> {
  const document = `mutation ($input: ParametreSurchargeAnnulerInput!) { r: parametreSurchargeAnnuler(input: $input) ${REPONSE} }`;
  return (await banc.demander<{ r: Reponse }>(qui, document, { input })).r;
}

async function lire({ cle, ...args }: { cle?: string; [arg: string]: unknown }, qui = admin): Promise<Ligne[]> {
  const document = `query ($date: DateCivile, $territoires: [String!], $conventionId: ID) {
    parametres(dispositif: "essai", date: $date, territoires: $territoires, conventionId: $conventionId) {
      cle valeur origine regle interpretation errors { code path regle }
      historique { valeur origine cible du au motif motifAnnulation } } }`;
  const { parametres } = await banc.demander<{ parametres: Ligne[] }>(qui, document, args);
  return parametres.filter((ligne) => cle === undefined || ligne.cle === cle);
}

async function taux(pour: DossierParametre, date = '2026-02-02'): Promise<[string, string]> {
  const service = banc.app.get(ParametreService, { strict: false });
  const resolus = await banc.unites.lecture('62', (em) => service.resoudre(em, '62', essai, dateCivile(date), pour));
  const { valeur, cite } = resolus['taux']!;
  return [(valeur as Fraction).toString(), cite.origine];
}
