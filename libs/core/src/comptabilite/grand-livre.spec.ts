import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import { definirDispositif, parametre } from '@sillage/dispositif-kit';
import { Montant } from '@sillage/kernel';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { avecClient } from '../../../../test/support/index.js';
import { type Banc, monterBanc } from '../../test/banc.js';
import { essai } from '../../test/dispositif-essai.js';
import { ecrireDossier } from '../../test/dossiers.js';
import { idOpaque } from '../api/index.js';
import { declarerAppels } from '../appels/index.js';
import { type Compte, MOUVEMENTS, type NatureMouvement, soldesApres } from './compte.js';
import { EcritureComptable, EnveloppeService, GrandLivre } from './index.js';

/** The test dispositif, its credits limited to 370 euros. */
const limite = definirDispositif({
  ...essai,
  // Its API has a name of its own: another spec may have declared the other in the same process.
  code: 'essai-limite',
  parametres: {
    ...essai.parametres,
    enveloppe: parametre.montant([{ du: '2026-01-01', valeur: '370.00' }], { libelle: 'Enveloppe', regle: 'TRANS-10' }),
  },
  enveloppe: { montant: 'enveloppe', regle: 'TRANS-10' },
});

let banc: Banc;
let siege: ContexteActeur;
let grandLivre: GrandLivre;
let enveloppes: EnveloppeService;
let appelId = '';
let territoireIds: string[] = [];

const euros = (texte: string): Montant => Montant.euros(texte);
const convention = async (): Promise<string> => {
  const { conventionId } = await ecrireDossier(banc, '62', {
    appelId,
    territoireIds,
    dispositif: limite.code,
    au: '2026-12-31',
  });
  return conventionId;
};
const engager = (conventionId: string, montant = euros('10'), dispositif = limite) =>
  banc.unites.executer('62', (em) => enveloppes.engager(em, siege, { dispositif, appelId, conventionId, montant }));
const issue = async (promesse: Promise<unknown>): Promise<string> =>
  promesse.then(
    () => 'FAIT',
    (erreur: Error & { erreurs?: { code: string }[] }) => erreur.erreurs?.[0]?.code ?? erreur.message,
  );
/** Every balance, kept and recomputed: they are compared each time. */
const soldes = async (): Promise<Record<string, string>> => {
  const tenus = await banc.lignes<{ compte: Compte; total: string }>(
    '62',
    'select compte, sum(centimes)::text as total from sillage.solde group by compte',
  );
  const ecritures = await banc.unites.lecture('62', (em) => em.find(EcritureComptable));
  const recalcules = soldesApres(ecritures);
  for (const [compte, montant] of Object.entries(recalcules)) {
    const tenu = tenus.find((t) => t.compte === compte)?.total ?? '0';
    expect([compte, tenu]).toEqual([compte, montant.centimes.toString()]);
  }
  return Object.fromEntries(
    Object.entries(recalcules).flatMap(([compte, m]) => (m.centimes === 0n ? [] : [[compte, m.toString()]])),
  );
};

beforeAll(async () => {
  banc = await monterBanc({ dispositifs: [limite] });
  siege = await banc.acteur('SIEGE');
  grandLivre = banc.app.get(GrandLivre, { strict: false });
  enveloppes = banc.app.get(EnveloppeService, { strict: false });
  territoireIds = [await banc.territoireId('62', 'ARTOIS')];
  [appelId = ''] = await banc.unites.executer('62', (em) =>
    declarerAppels(em, '62', limite, territoireIds, banc.horloge),
  );
});
afterAll(() => banc?.fermer());
beforeEach(() =>
  avecClient(banc.base.urlAdmin, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query('delete from sillage.ecriture; delete from sillage.solde; delete from sillage.enveloppe');
  }),
);

describe('TRANS-10: an enveloppe is never over-committed', () => {
  it('opens with the credits of its text at the first commitment, and keeps what is left', async () => {
    await engager(await convention(), euros('100.01'));
    expect(await soldes()).toEqual({ CREDITS: '-370.00', DISPONIBLE: '269.99', ENGAGE: '100.01' });
  });

  it('a commitment asked twice is one; for another amount it is a fault', async () => {
    const id = await convention();
    await engager(id);
    await engager(id);
    expect(await soldes()).toMatchObject({ ENGAGE: '10.00' });
    await expect(engager(id, euros('11'))).rejects.toThrow('est déjà passée pour 10.00');
  });

  it('one cent too many is refused, with the rule and what is left', async () => {
    await engager(await convention(), euros('369.99'));
    await expect(engager(await convention(), euros('0.02'))).rejects.toMatchObject({
      erreurs: [{ code: 'SOLDE_INSUFFISANT', path: ['input', 'conventionId'], regle: 'TRANS-10' }],
    });
    await engager(await convention(), euros('0.01'));
    expect(await soldes()).toEqual({ CREDITS: '-370.00', ENGAGE: '370.00' });
  });

  it('200 at once on an enveloppe that covers 37: exactly 37', async () => {
    const conventions = await Promise.all(Array.from({ length: 200 }, convention));
    const issues = await Promise.all(conventions.map((id) => issue(engager(id))));
    expect(issues.filter((i) => i === 'FAIT')).toHaveLength(37);
    expect(new Set(issues)).toEqual(new Set(['FAIT', 'SOLDE_INSUFFISANT']));
    expect(await soldes()).toEqual({ CREDITS: '-370.00', ENGAGE: '370.00' });
  }, 60_000);

  it('where no text limits it, what is committed is followed (AMB-085)', async () => {
    await engager(await convention(), euros('5000'), essai);
    expect(await soldes()).toEqual({ DISPONIBLE: '-5000.00', ENGAGE: '5000.00' });
  });
});

describe('TRANS-12: from commitment to payment, and back', () => {
  const passer = (nature: NatureMouvement, conventionId: string, montant: string, objet = uuidv7()) =>
    banc.unites.executer('62', async (em) => {
      const [versement] = await em.query<{ id: string }[]>(
        'select id from sillage.versement where convention_id = $1',
        [conventionId],
      );
      const [enveloppe] = await em.query<{ id: string }[]>('select id from sillage.enveloppe');
      const sansVersement = ['OUVERTURE', 'ENGAGEMENT', 'DESENGAGEMENT'].includes(nature);
      return grandLivre.passer(em, siege, {
        nature,
        objet,
        enveloppeId: enveloppe!.id,
        conventionId: nature === 'OUVERTURE' ? null : conventionId,
        ...(sansVersement ? {} : { versementId: versement!.id }),
        montant: euros(montant),
      });
    });

  it('nothing is paid beyond what was ordered, nor ordered beyond what was liquidated, nor liquidated beyond the commitment', async () => {
    const id = await convention();
    await engager(id, euros('100'));
    for (const [nature, juste, trop] of [
      ['LIQUIDATION', '60', '40.01'],
      ['MANDATEMENT', '60', '0.01'],
      ['PAIEMENT', '60', '0.01'],
      ['TROP_PERCU', '5', '55.01'],
      ['ORDRE_DE_REVERSEMENT', '5', '0.01'],
      ['REVERSEMENT', '5', '0.01'],
    ] as const) {
      await passer(nature, id, juste);
      expect([nature, await issue(passer(nature, id, trop))]).toEqual([nature, 'SOLDE_INSUFFISANT']);
    }
    await passer('DESENGAGEMENT', id, '40');
    expect(await soldes()).toEqual({ CREDITS: '-370.00', DISPONIBLE: '315.00', PAYE: '55.00' });
  });

  it('another convention’s commitment covers nothing here', async () => {
    const [un, deux] = [await convention(), await convention()];
    await engager(un, euros('100'));
    await engager(deux, euros('1'));
    expect(await issue(passer('LIQUIDATION', deux, '2'))).toBe('SOLDE_INSUFFISANT');
  });

  it('whatever is tried, in whatever order, every kept balance is its recomputation, and none is below zero', async () => {
    const ids = [await convention(), await convention()];
    await engager(ids[0]!, euros('50'));
    const essaiArbitraire = fc.record({
      nature: fc.constantFrom(...(Object.keys(MOUVEMENTS) as NatureMouvement[])),
      convention: fc.constantFrom(...ids),
      centimes: fc.integer({ min: 1, max: 4000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(essaiArbitraire, { minLength: 5, maxLength: 15 }), async (essais) => {
        const faits = essais.map((e) =>
          issue(passer(e.nature, e.convention, Montant.centimes(BigInt(e.centimes)).toString())),
        );
        for (const fait of await Promise.all(faits)) expect(['FAIT', 'SOLDE_INSUFFISANT']).toContain(fait);
        await soldes();
        const [{ total }] = (await banc.lignes<{ total: string }>(
          '62',
          'select sum(centimes)::text as total from sillage.solde',
        )) as [{ total: string }];
        expect(total).toBe('0');
      }),
      { numRuns: 50, endOnFailure: true },
    );
  }, 120_000);

  it('an écriture is corrected once, by its opposite, which names it', async () => {
    const id = await convention();
    await engager(id, euros('100'));
    const passee = await passer('LIQUIDATION', id, '60');
    const lire = (ou: object) => banc.unites.lecture('62', (em) => em.findOneByOrFail(EcritureComptable, ou));
    const liquidation = await lire({ id: passee });
    const corriger = (ecriture: EcritureComptable) =>
      banc.unites.executer('62', (em) => grandLivre.corriger(em, siege, ecriture, 'Montant erroné.'));
    const [une, autre] = [await corriger(liquidation), await corriger(liquidation)];
    expect(autre).toBe(une);
    const correction = await lire({ id: une });
    expect(correction).toMatchObject({ de: 'LIQUIDE', vers: 'ENGAGE', corrigeId: passee, motif: 'Montant erroné.' });
    expect(await issue(corriger(correction))).toBe('ETAT_INCOMPATIBLE');
    expect(await soldes()).toMatchObject({ ENGAGE: '100.00' });
  });

  it('what has gone further is not corrected under what followed', async () => {
    const id = await convention();
    await engager(id, euros('100'));
    const liquidation = await passer('LIQUIDATION', id, '60');
    await passer('MANDATEMENT', id, '60');
    const ecriture = await banc.unites.lecture('62', (em) =>
      em.findOneByOrFail(EcritureComptable, { id: liquidation }),
    );
    const corriger = banc.unites.executer('62', (em) => grandLivre.corriger(em, siege, ecriture, 'Essai.'));
    expect(await issue(corriger)).toBe('SOLDE_INSUFFISANT');
  });
});

describe('TRANS-39: the database refuses what would change the past', () => {
  const tenter = (url: string, sql: string): Promise<string> =>
    avecClient(url, async (client) => {
      await client.query(`select set_config('sillage.departement', '62', false)`);
      return client.query(sql).then(
        () => 'FAIT',
        (erreur: { code: string }) => erreur.code,
      );
    });

  it('to every role of the application, with or without rows', async () => {
    await engager(await convention());
    for (const table of ['ecriture', 'solde']) {
      for (const sql of [
        `update sillage.${table} set centimes = centimes + 1`,
        `update sillage.${table} set centimes = 5 where centimes = -1`,
        `delete from sillage.${table}`,
        `truncate sillage.${table} cascade`,
      ]) {
        // A row-level guard of balances has nothing to refuse where no row is concerned.
        if (table === 'solde' && sql.includes('where')) continue;
        expect([sql, await tenter(banc.base.urlApp, sql)]).toEqual([sql, expect.stringMatching(/^(42501|SI001)$/)]);
        expect([sql, await tenter(banc.base.urlFile, sql)]).toEqual([sql, '42501']);
        expect([sql, await tenter(banc.base.urlProprietaire, sql)]).toEqual([sql, 'SI001']);
      }
    }
    const forge = `insert into sillage.solde (departement_id, enveloppe_id, compte, auxiliaire, decouvert, centimes)
      select departement_id, id, 'PAYE', id, true, 1 from sillage.enveloppe`;
    expect(await tenter(banc.base.urlApp, forge)).toBe('SI001');
    expect(await soldes()).toMatchObject({ ENGAGE: '10.00' });
  });

  it.each([
    ['an amount of zero', `'ENGAGEMENT', 'DISPONIBLE', 'ENGAGE', 0, null, null`, '23514'],
    ['a negative amount', `'ENGAGEMENT', 'DISPONIBLE', 'ENGAGE', -1, null, null`, '23514'],
    ['a movement of its own invention', `'ENGAGEMENT', 'CREDITS', 'PAYE', 1, null, null`, '23514'],
    ['a correction that names nothing', `'CORRECTION', 'ENGAGE', 'DISPONIBLE', 1, null, 'Essai.'`, '23514'],
    ['a correction of another amount', `'CORRECTION', 'ENGAGE', 'DISPONIBLE', 1, id, 'Essai.'`, '23503'],
    ['a correction the same way', `'CORRECTION', 'DISPONIBLE', 'ENGAGE', 1000, id, 'Essai.'`, '23503'],
    ['a correction without a reason', `'CORRECTION', 'ENGAGE', 'DISPONIBLE', 1000, id, ' '`, '23514'],
  ])('refuses %s', async (_, valeurs, code) => {
    await engager(await convention());
    const sql = `insert into sillage.ecriture
      (departement_id, id, cle, jour, enveloppe_id, convention_id, passee_le, nature, de, vers, centimes, corrige_id, motif)
      select departement_id, uuidv7(), 'essai-limite', jour, enveloppe_id, convention_id, passee_le, ${valeurs}
      from sillage.ecriture where nature = 'ENGAGEMENT'`;
    expect(await tenter(banc.base.urlApp, sql)).toBe(code);
  });
});

describe('balances on a past date', () => {
  it('are what they were at the end of that day, whatever came next', async () => {
    const lire = async (au?: string): Promise<unknown> => {
      const { enveloppes } = await banc.demander<{ enveloppes: { nodes: { soldes: object }[] } }>(
        siege,
        'query ($au: DateCivile) { enveloppes(au: $au) { nodes { soldes { ouvert disponible engage } } } }',
        { au },
      );
      return enveloppes.nodes[0]?.soldes;
    };
    const vus: [string, unknown][] = [];
    for (const jour of ['2026-03-01', '2026-03-02', '2026-03-31']) {
      banc.horloge.avancerA(`${jour}T12:00:00+01:00`);
      await engager(await convention(), euros('10.50'));
      vus.push([jour, await lire()]);
    }
    expect(vus.map(([, vu]) => vu)).toEqual([
      { ouvert: '370.00', disponible: '359.50', engage: '10.50' },
      { ouvert: '370.00', disponible: '349.00', engage: '21.00' },
      { ouvert: '370.00', disponible: '338.50', engage: '31.50' },
    ]);
    for (const [jour, vu] of vus) expect([jour, await lire(jour)]).toEqual([jour, vu]);
    expect(await lire('2026-03-30')).toEqual(vus[1]![1]);
    expect(await lire('2026-02-28')).toEqual({ ouvert: '0.00', disponible: '0.00', engage: '0.00' });
  });
});

describe('creditsOuvrir', () => {
  const ouvrir = (qui: ContexteActeur, montant: string, clientMutationId?: string) =>
    banc.demander<{ creditsOuvrir: { enveloppe: object | null; errors: { code: string; path: string[] }[] } }>(
      qui,
      `mutation ($input: CreditsOuvrirInput!) { creditsOuvrir(input: $input) {
        enveloppe { limitative soldes { ouvert disponible } } errors { code path } } }`,
      { input: { appelId: idOpaque('Appel', appelId), montant, motif: 'Décision modificative.', clientMutationId } },
    );

  it('adds to the credits of the text; the same request twice adds once', async () => {
    for (let fois = 0; fois < 2; fois += 1) {
      const { creditsOuvrir } = await ouvrir(siege, '30.00', 'une-fois');
      expect(creditsOuvrir).toEqual({
        enveloppe: { limitative: true, soldes: { ouvert: '400.00', disponible: '400.00' } },
        errors: [],
      });
    }
  });

  it.each([
    '0',
    '0.00',
    '-1',
    '0.001',
    '1e21',
    'NaN',
    '1e3',
    '',
    ' 12',
    '1,5',
    'Infinity',
    '1_000',
    '9999999999999999',
    '999999999999999.99',
    '1000000000.01',
  ])('refuses %j before the database, with its path', async (montant) => {
    const { creditsOuvrir } = await ouvrir(siege, montant);
    expect(creditsOuvrir).toEqual({
      enveloppe: null,
      errors: [{ code: 'VALEUR_INVALIDE', path: ['input', 'montant'] }],
    });
  });

  it('admits a billion euros, and again', async () => {
    for (const disponible of ['1000000370.00', '2000000370.00']) {
      const { creditsOuvrir } = await ouvrir(siege, '1000000000.00');
      expect(creditsOuvrir).toMatchObject({ enveloppe: { soldes: { disponible } }, errors: [] });
    }
  });

  it('is undone by ecritureCorriger as long as nothing was committed on it; nothing else is', async () => {
    const corriger = async (nature: string, motif = 'Erreur de saisie.') => {
      const [lue] = await banc.lignes<{ id: string }>(
        '62',
        'select id from sillage.ecriture where nature = $1 order by id',
        [nature],
      );
      const { ecritureCorriger } = await banc.demander<{
        ecritureCorriger: { enveloppe: object | null; errors: { code: string; path: string[] }[] };
      }>(
        siege,
        `mutation ($input: EcritureCorrigerInput!) { ecritureCorriger(input: $input) {
          enveloppe { soldes { ouvert } } errors { code path } } }`,
        { input: { ecritureId: idOpaque('Ecriture', lue!.id), motif } },
      );
      return ecritureCorriger;
    };
    await ouvrir(siege, '30.00');
    expect((await corriger('OUVERTURE', ' ')).errors).toEqual([
      { code: 'CHAMP_OBLIGATOIRE', path: ['input', 'motif'] },
    ]);
    // Twenty at once: one does it, the others are told that it is done.
    const reponses = await Promise.all(Array.from({ length: 20 }, (_, n) => corriger('OUVERTURE', `Motif ${n}`)));
    const faites = reponses.filter(({ errors }) => errors.length === 0);
    expect(faites).toMatchObject([{ enveloppe: { soldes: { ouvert: '30.00' } } }]);
    const refus = reponses.flatMap(({ errors }) => errors);
    expect(refus).toHaveLength(19);
    expect(new Set(refus.map(({ code, path }) => `${code} ${path.join('.')}`))).toEqual(
      new Set(['ETAT_INCOMPATIBLE input.ecritureId']),
    );
    expect((await corriger('CORRECTION')).errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE' }]);
    await engager(await convention(), euros('30'));
    expect((await corriger('ENGAGEMENT')).errors.map(({ code }) => code)).toEqual(['ETAT_INCOMPATIBLE']);
    expect(await soldes()).toMatchObject({ ENGAGE: '30.00' });
  });

  it('is the siège’s: who may not see enveloppes is told nothing, the administration may look', async () => {
    const issues = async (role: 'SLAI' | 'ASSOCIATION' | 'ADMINISTRATEUR') => {
      const { creditsOuvrir } = await ouvrir(await banc.acteur(role), '1');
      return creditsOuvrir.errors.map(({ code }) => code);
    };
    expect(await issues('SLAI')).toEqual(['INTROUVABLE']);
    expect(await issues('ASSOCIATION')).toEqual(['INTROUVABLE']);
    expect(await issues('ADMINISTRATEUR')).toEqual(['ACTION_INTERDITE']);
  });
});
