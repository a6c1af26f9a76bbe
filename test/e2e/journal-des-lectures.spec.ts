import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TemoinDesLectures } from '@sillage/read';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { scellerNotes } from '../support/sceller-notes.js';
import { type AccompagnementSeme, semerAccompagnements } from '../support/semer-accompagnements.js';

interface LectureEcrite {
  sub: string;
  operation: string | null;
  depart: string;
  motif: string | null;
  champs: string[];
  jeunes: string[];
}

interface Vidable {
  vider(): Promise<void>;
}

let gateway: GatewayEssai;
let semes: AccompagnementSeme[];

beforeAll(async () => {
  gateway = await demarrerGatewayEssai();
  await avecClient(gateway.base.urlProprietaire, async (client) => {
    semes = await semerAccompagnements(client, '62', 40);
    await semerAccompagnements(client, '99', 10);
  });
});
afterAll(() => gateway?.arreter());

/** What the journal holds of readings, by the numbers of the young people; it waits for those that are on their way. */
async function lectures(departement = '62'): Promise<LectureEcrite[]> {
  await gateway.app.get<TemoinDesLectures, Vidable>(TemoinDesLectures).vider();
  return avecClient(gateway.base.urlAdmin, async (admin) => {
    const { rows } = await admin.query<LectureEcrite>(
      `select u.sub, l.operation, l.depart, l.motif, l.champs,
              (select array_agg(j.numero order by j.numero) from sillage.jeune j
                where j.departement_id = l.departement_id and j.id = any(l.jeune_ids)) as jeunes
         from sillage.journal_lecture l
         join sillage.utilisateur u on u.departement_id = l.departement_id and u.id = l.acteur_id
        where l.departement_id = $1 order by l.id`,
      [departement],
    );
    return rows;
  });
}

const PAGE = 'query Tableau { accompagnements(first: 5) { nodes { numero jeune { nom prenom } } } }';

describe('What is read of young people is kept', () => {
  it('who, when, of whom, which fields and why; the answer says nothing of it', async () => {
    const avant = (await lectures()).length;
    const premiere = await gateway.requete('siege', PAGE);
    // The second time, the answer goes out as PostgreSQL wrote it.
    const reponse = await gateway.poster(
      'siege',
      { query: PAGE },
      { 'x-motif': encodeURIComponent('Réunion d’équipe') },
    );
    const texte = await reponse.text();
    expect(JSON.parse(texte)).toEqual(premiere);
    expect(texte).not.toContain('@lu');
    const { data } = premiere as { data: { accompagnements: { nodes: { numero: string }[] } } };
    const jeunes = data.accompagnements.nodes.map(({ numero }) => numero.replace('ACC', 'J')).sort();
    const lue = {
      sub: 'siege',
      operation: 'Tableau',
      depart: 'accompagnements',
      champs: ['Jeune.nom', 'Jeune.prenom'],
      jeunes,
    };
    expect((await lectures()).slice(avant)).toEqual([
      { ...lue, motif: null },
      { ...lue, motif: 'Réunion d’équipe' },
    ]);
  });

  it('only what was really shown: not what is masked, nor what names nobody', async () => {
    const avant = (await lectures()).length;
    await gateway.requete('siege', '{ accompagnements(first: 5) { nodes { numero jeune { numero } } } }');
    // The administrator sees accompagnements, not whose they are.
    const { data } = await gateway.requete(
      'administrateur',
      '{ accompagnements(first: 5) { nodes { numero jeune { nom } } } }',
    );
    expect(JSON.stringify(data)).toMatch(/"nom":null/);
    expect((await lectures()).slice(avant)).toEqual([]);
  });

  it('notes on what was done are the young person’s too; fields asked together are one line, others their own', async () => {
    const avant = (await lectures()).length;
    await scellerNotes(gateway, '62', { commentaire: 'Point d’étape, très confidentiel.' });
    const { id } = semes.find(({ actes }) => actes.length > 1)!;
    const document =
      'query ($id: ID!) { accompagnement(id: $id) { jeune { nom } actes { nodes { lieu a: commentaire } } } }';
    for (let fois = 0; fois < 2; fois += 1) {
      const { data } = await gateway.requete('siege', document, { id });
      expect(JSON.stringify(data)).toContain('"a":"Point d’étape, très confidentiel."');
    }
    const { data } = await gateway.requete('administrateur', document, { id });
    expect(JSON.stringify(data)).toContain('"lieu":null,"a":null');
    await avecClient(gateway.base.urlAdmin, async (admin) => {
      const { rows } = await admin.query<{ octets: Buffer }>(
        'select commentaire as octets from sillage.acte where commentaire is not null',
      );
      expect(rows.length).toBeGreaterThan(1);
      expect(rows.filter(({ octets }) => octets.includes('confidentiel'))).toEqual([]);
    });
    const ecrites = (await lectures()).slice(avant);
    // Read twice at once by the same person: it is said once.
    expect(ecrites.map(({ champs }) => champs)).toEqual([['Jeune.nom'], ['Acte.lieu', 'Acte.commentaire']]);
    expect(new Set(ecrites.map(({ jeunes }) => jeunes.join()))).toHaveProperty('size', 1);
  });

  it('what a mutation leaves, and that names somebody, is read too', async () => {
    const avant = (await lectures()).length;
    const { rows } = await avecClient(gateway.base.urlAdmin, (admin) =>
      admin.query<{ id: string; numero: string }>(
        `select 'Jeune-' || id as id, numero from sillage.jeune where departement_id = '62' order by numero limit 1`,
      ),
    );
    const { id, numero } = rows[0]!;
    for (const [mutation, saisie] of [
      ['jeuneLimiter', 'jeuneId: $id, motif: "Essai"'],
      ['jeuneLeverLimitation', 'jeuneId: $id'],
    ]) {
      const document = `mutation ($id: ID!) { ${mutation}(input: { ${saisie} }) { dossier { nom prenom } errors { code } } }`;
      const { data } = await gateway.requete('siege', document, { id });
      expect(JSON.stringify(data)).toContain('"errors":[]');
    }
    const lue = { sub: 'siege', champs: ['DossierPersonnel.nom', 'DossierPersonnel.prenom'], jeunes: [numero] };
    expect((await lectures()).slice(avant)).toMatchObject([lue, lue]);
  });

  it('each département keeps its own; a young person’s readers are found by the day', async () => {
    await gateway.requete('siege-99', PAGE);
    const [derniere] = (await lectures('99')).slice(-1);
    expect(derniere).toMatchObject({ sub: 'siege-99', depart: 'accompagnements' });
    await avecClient(gateway.base.urlAdmin, async (admin) => {
      const { rows } = await admin.query<object>(
        `select c.jour::text as jour, u.sub from sillage.jeune_consulte c
           join sillage.utilisateur u on u.departement_id = c.departement_id and u.id = c.acteur_id
           join sillage.jeune j on j.departement_id = c.departement_id and j.id = c.jeune_id
          where c.departement_id = '99' and j.numero = $1`,
        [derniere!.jeunes[0]],
      );
      expect(rows).toEqual([{ jour: '2026-02-02', sub: 'siege-99' }]);
    });
  });

  it('the siège and the DPD search who has read, by person, reader and day; nobody else does', async () => {
    const [derniere] = (await lectures()).slice(-1);
    const { rows } = await avecClient(gateway.base.urlAdmin, (admin) =>
      admin.query<{ id: string; acteur: string }>(
        `select j.id, u.id as acteur from sillage.jeune j, sillage.utilisateur u
          where j.departement_id = '62' and j.numero = $1 and u.departement_id = '62' and u.sub = $2`,
        [derniere!.jeunes[0], derniere!.sub],
      ),
    );
    const { id, acteur } = rows[0]!;
    const document = `query ($jeuneId: ID, $acteurId: ID, $du: DateCivile, $au: DateCivile) {
      lecturesNominatives(first: 50, jeuneId: $jeuneId, acteurId: $acteurId, du: $du, au: $au) { totalCount
        nodes { le acteurId acteur operation depart motif champs jeuneIds } } }`;
    interface Lues {
      lecturesNominatives: {
        totalCount: number;
        nodes: { acteur: string | null; jeuneIds: string[]; champs: string[] }[];
      };
    }
    const chercher = async (compte: string, variables: Record<string, unknown>) =>
      (await gateway.requete<Lues>(compte, document, variables)).data?.lecturesNominatives;
    const jeuneId = `Jeune-${id}`;
    const attendues = (await lectures()).filter(({ jeunes }) => jeunes.includes(derniere!.jeunes[0]!));
    const lues = await chercher('dpd', { jeuneId });
    expect(lues?.nodes.map(({ champs }) => champs)).toEqual(attendues.map(({ champs }) => champs).toReversed());
    expect(lues?.nodes.every(({ jeuneIds }) => jeuneIds.includes(jeuneId))).toBe(true);
    expect(lues?.nodes[0]?.acteur).toEqual(expect.any(String));
    expect((await chercher('siege', { jeuneId }))?.nodes[0]?.acteur).toBeNull();
    const precises = { jeuneId, acteurId: `Utilisateur-${acteur}`, du: '2026-02-02', au: '2026-02-02' };
    expect((await chercher('siege', precises))?.nodes.length).toBeGreaterThan(0);
    expect((await chercher('siege', { ...precises, au: '2026-02-01', du: null }))?.nodes).toEqual([]);
    expect((await chercher('siege-99', { jeuneId }))?.nodes).toEqual([]);
    for (const compte of ['association', 'slai-lens', 'administrateur']) {
      expect((await chercher(compte, {}))?.nodes).toEqual([]);
    }
  });

  it('nobody of the application changes or removes a line', async () => {
    await avecClient(gateway.base.urlApp, async (app) => {
      await app.query(`select set_config('sillage.departement', '62', false)`);
      for (const ordre of [
        `update sillage.journal_lecture set motif = 'autre'`,
        'delete from sillage.journal_lecture',
        'truncate sillage.journal_lecture',
        'delete from sillage.jeune_consulte',
      ]) {
        await expect(app.query(ordre)).rejects.toMatchObject({ code: '42501' });
      }
    });
  });

  it('what PostgreSQL does not take waits for it; a stop writes what waits', async () => {
    const autre = await demarrerGatewayEssai();
    try {
      await avecClient(autre.base.urlProprietaire, (client) => semerAccompagnements(client, '62', 10));
      await avecClient(autre.base.urlAdmin, async (admin) => {
        const compter = async () =>
          (await admin.query<{ n: number }>('select count(*)::int as n from sillage.journal_lecture')).rows[0]!.n;
        const journal = autre.app.get<TemoinDesLectures, Vidable>(TemoinDesLectures);
        await admin.query('revoke insert on sillage.journal_lecture from sillage_app');
        await autre.requete('siege', PAGE);
        await journal.vider();
        expect(await compter()).toBe(0);
        await admin.query('grant insert on sillage.journal_lecture to sillage_app');
        await autre.requete('siege', PAGE);
        await autre.app.close();
        expect(await compter()).toBe(2);
      });
    } finally {
      await autre.arreter();
    }
  });
});
