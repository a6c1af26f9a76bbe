import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { bilanCoordoAse } from '../support/bilan-coordo-ase.js';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lire } from '../support/parcours-coordo-ase.js';

interface SimulationLue {
  errors: { code: string; path: string[]; regle: string | null }[];
  plafond: string | null;
  total: string | null;
  versements: { tranche: string; sens: string; montant: string; explication: { texte: string } }[];
}

let gateway: GatewayEssai;
beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
});
afterAll(() => gateway?.arreter());

const SUPPOSITION = {
  du: '2026-03-01',
  au: '2027-02-28',
  montant: '52000.00',
  termes: { etp: '1', accompagnements: 30 },
};
const DEPENSES = { depensesDirectes: [{ nature: 'SALAIRES', libelle: 'Un coordo', montant: '43333.34' }] };

async function simuler(input: object, compte = 'association'): Promise<SimulationLue> {
  const document = `query ($input: VersementCoordoAseSimulerInput!) { versementCoordoAseSimuler(input: $input) {
    errors { code path regle } plafond total versements { tranche sens montant explication { texte } } } }`;
  return (await lire<{ versementCoordoAseSimuler: SimulationLue }>(gateway, compte, document, { input }))
    .versementCoordoAseSimuler;
}

describe('versementSimuler', () => {
  it('tells a porteur, before any candidature, what the signature would bring', async () => {
    const { versements, total, plafond, errors } = await simuler(SUPPOSITION);
    expect({ errors, plafond, total }).toEqual({ errors: [], plafond: '52000.00', total: '31200.00' });
    expect(versements.map((v) => [v.tranche, v.sens, v.montant])).toEqual([['AVANCE', 'A_PAYER', '31200.00']]);
  });

  it('25 accompaniments out of 30 and 82 points: 52 000 x (0,5 x 25/30 + 0,5 x 82/100), to the cent', async () => {
    const { fileActive, jeunesAccompagnes, depensesEncourues, ...autres } = bilanCoordoAse(25, 82);
    const notes = Object.fromEntries(Object.entries(autres).filter(([nom]) => nom.startsWith('note')));
    const bilan = { fileActive, jeunesAccompagnes, depensesEncourues, ...notes };
    const { versements, total, errors } = await simuler({ ...SUPPOSITION, champs: DEPENSES, bilan });
    expect(errors).toEqual([]);
    expect(total).toBe('42986.67');
    expect(versements.map((v) => [v.tranche, v.sens, v.montant])).toEqual([
      ['AVANCE', 'A_PAYER', '31200.00'],
      ['SOLDE', 'A_PAYER', '11786.67'],
    ]);
    expect(versements[1]!.explication.texte).toContain('ASE-FIN-05');
  });

  it('too little is a trop-perçu, and says so', async () => {
    const { versements, total } = await simuler({ ...SUPPOSITION, champs: DEPENSES, bilan: bilanCoordoAse(15, 50) });
    expect([total, versements[1]?.sens, versements[1]?.montant]).toEqual(['26000.00', 'A_REVERSER', '5200.00']);
  });

  it.each([
    [{ montant: '52000.01' }, 'MONTANT_SUPERIEUR_AU_PLAFOND input.montant'],
    [{ montant: '1e3' }, 'VALEUR_INVALIDE input.montant'],
    [{ montant: 'NaN' }, 'VALEUR_INVALIDE input.montant'],
    [{ montant: '-1' }, 'VALEUR_INVALIDE input.montant'],
    [{ au: '2026-02-28' }, 'PERIODE_INVALIDE input.au'],
    [{ au: '2027-03-01' }, 'DUREE_SUPERIEURE_AU_MAXIMUM input.au'],
    [{ du: '2026-02-30' }, 'VALEUR_INVALIDE input.du'],
    [{ signeeLe: 'hier' }, 'VALEUR_INVALIDE input.signeeLe'],
    [{ termes: { etp: '0', accompagnements: 30 } }, 'VALEUR_INVALIDE input.termes.etp'],
    [{ termes: { accompagnements: 30 } }, 'CHAMP_OBLIGATOIRE input.termes.etp'],
    [{ bilan: bilanCoordoAse(30, 100) }, 'CHAMP_OBLIGATOIRE input.champs.depensesDirectes'],
    [
      {
        champs: DEPENSES,
        bilan: { ...bilanCoordoAse(30, 100), fileActive: bilanCoordoAse(30, 100).fileActive.slice(1) },
      },
      'REGLE_NON_RESPECTEE input.bilan.fileActive',
    ],
    // AMB-172: nobody was there, with days.
    [
      { champs: DEPENSES, bilan: { ...bilanCoordoAse(30, 100), jeunesAccompagnes: 0 } },
      'REGLE_NON_RESPECTEE input.bilan.fileActive',
    ],
    [{ champs: DEPENSES, bilan: { noteMoyens: 18 } }, 'VALEUR_INVALIDE input.bilan.noteMoyens'],
    [{ territoires: ['LENS_LIEVIN', 'NULLE_PART'] }, 'INTROUVABLE input.territoires.1'],
    [{ appelId: 'Appel-x' }, 'INTROUVABLE input.appelId'],
  ])('refuses %j', async (changement, attendu) => {
    const { errors, versements, total } = await simuler({ ...SUPPOSITION, ...changement });
    expect(errors.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([attendu]);
    expect([versements, total]).toEqual([[], null]);
  });

  it('writes nothing', async () => {
    const compter = () =>
      avecClient(gateway.base.urlAdmin, async (client) => {
        const { rows } = await client.query<{ n: number }>(
          `select sum((xpath('/row/n/text()', query_to_xml('select count(*) as n from sillage.' || relname, false, true, '')))[1]::text::int)::int as n
             from pg_class where relnamespace = 'sillage'::regnamespace and relkind = 'r'`,
        );
        return rows[0]!.n;
      });
    const avant = await compter();
    await simuler({ ...SUPPOSITION, champs: DEPENSES, bilan: bilanCoordoAse(30, 100) }, 'siege');
    expect(await compter()).toBe(avant);
  });
});
