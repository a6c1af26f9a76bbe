import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import {
  attendreVersement,
  BORDEREAU,
  type BordereauLu,
  codes,
  demarrerWorker,
  faire,
  ordonner,
  payer,
  versementsDe,
} from '../support/chaine-de-paiement.js';
import { bilanCoordoAse } from '../support/bilan-coordo-ase.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  activer,
  jusquALaDerniereSignature,
  lire,
  muter,
  signerPourLeDepartement,
} from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
let worker: Worker;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

async function signer(montant?: string): Promise<string> {
  const { conventionId } = await jusquALaDerniereSignature(gateway, montant);
  await signerPourLeDepartement(gateway, conventionId);
  return conventionId;
}

async function soldes(): Promise<Record<string, string>> {
  const { enveloppes } = await lire<{ enveloppes: { nodes: { soldes: Record<string, string> }[] } }>(
    gateway,
    'siege',
    '{ enveloppes(dispositif: "coordo-ase") { nodes { soldes { disponible engage liquide ordonnance paye aReverser titre } } } }',
  );
  return Object.fromEntries(Object.entries(enveloppes.nodes[0]!.soldes).filter(([, montant]) => montant !== '0.00'));
}

function importer(lignes: readonly string[], compte = 'siege'): ReturnType<typeof muter> {
  return muter(gateway, compte, 'bordereauRetourImporter', 'bordereau { enAttente }', {
    contenu: ['\uFEFFbordereau;versement;montant;resultat;date;motif', ...lignes].join('\n'),
  });
}

describe('Coordo ASE, from the candidature to the balance', () => {
  let conventionId = '';

  it('the advance is paid: committed, liquidated, ordered, on a sealed bordereau, answered', async () => {
    conventionId = await signer();
    expect(await soldes()).toEqual({ disponible: '-52000.00', engage: '52000.00' });
    const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
    await ordonner(gateway, 'slai-lens', avance.id);
    const bordereau = await payer(gateway, '2026-02-02');
    expect(bordereau).toMatchObject({ aPayer: '31200.00', aReverser: '0.00', enAttente: 1 });
    expect(bordereau.empreinte).toBe(createHash('sha256').update(bordereau.contenu).digest('hex'));
    expect(bordereau.contenu.split('\r\n')[1]).toMatch(
      new RegExp(`^${bordereau.numero};${avance.numero};CONV-62-2026-000001;coordo-ase;.+;AVANCE;A_PAYER;31200.00$`),
    );
    expect((await versementsDe(gateway, conventionId)).map((v) => v.etat)).toEqual(['PAYE']);
    expect(await soldes()).toEqual({ disponible: '-52000.00', engage: '20800.00', paye: '31200.00' });
  });

  it('the bilan is the porteur’s to hand in, and another’s to confirm', async () => {
    const remettre = (compte: string, champs: object) =>
      muter(gateway, compte, 'bilanCoordoAseRemettre', 'bilan { id version etat }', { conventionId, champs });
    expect(codes((await remettre('association', bilanCoordoAse(24, 90))).errors)).toEqual([
      'ETAT_INCOMPATIBLE input.conventionId',
    ]);
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    expect(codes((await remettre('association-2', bilanCoordoAse(24, 90))).errors)).toEqual([
      'INTROUVABLE input.conventionId',
    ]);
    expect(codes((await remettre('slai-lens', bilanCoordoAse(24, 90))).errors)).toEqual([
      'ACTION_INTERDITE input.conventionId',
    ]);
    const { fileActive: _, ...sansFile } = bilanCoordoAse(24, 90);
    expect(codes((await remettre('association', sansFile)).errors)).toEqual([
      'CHAMP_OBLIGATOIRE input.champs.fileActive',
    ]);
    // AMB-172: nobody has no days, and thirty have no million.
    const complet = bilanCoordoAse(24, 90);
    const impossible = complet.fileActive.map((mois, rang) =>
      rang === 4 ? { ...(mois as object), joursAccompagnement: 1_000_000 } : mois,
    );
    for (const faux of [{ fileActive: impossible }, { jeunesAccompagnes: 0 }]) {
      expect((await remettre('association', { ...complet, ...faux })).errors).toMatchObject([
        { code: 'REGLE_NON_RESPECTEE', path: ['input', 'champs', 'fileActive'], regle: 'AMB-172' },
      ]);
    }
    const incomplet = { ...sansFile, fileActive: bilanCoordoAse(24, 90).fileActive.slice(1) };
    expect(codes((await remettre('association', incomplet)).errors)).toEqual([
      'REGLE_NON_RESPECTEE input.champs.fileActive',
    ]);
    expect((await remettre('association', bilanCoordoAse(24, 95))).bilan).toMatchObject({ version: 1, etat: 'REMIS' });
    expect((await remettre('association', bilanCoordoAse(24, 100))).bilan).toMatchObject({ version: 2, etat: 'REMIS' });

    const { bilans } = await lire<{ bilans: { nodes: { id: string; actionsPossibles: object[] }[] } }>(
      gateway,
      'slai-lens',
      '{ bilans { nodes { id actionsPossibles { action possible motifs { code } } } } }',
    );
    const bilanId = bilans.nodes[0]!.id;
    expect(bilans.nodes[0]!.actionsPossibles).toEqual([
      { action: 'REMETTRE', possible: false, motifs: [{ code: 'ACTION_INTERDITE' }] },
      { action: 'CONFIRMER', possible: true, motifs: [] },
      { action: 'RENVOYER', possible: true, motifs: [] },
    ]);
    const confirmer = (compte: string, input: object) =>
      muter(gateway, compte, 'bilanCoordoAseConfirmer', 'bilan { etat retenus { noteMoyens } champs { noteMoyens } }', {
        bilanId,
        version: 2,
        ...input,
      });
    expect(codes((await confirmer('association', {})).errors)).toEqual(['ACTION_INTERDITE input.bilanId']);
    expect(codes((await confirmer('slai-arras', {})).errors)).toEqual(['INTROUVABLE input.bilanId']);
    expect(codes((await confirmer('slisl-lens', {})).errors)).toEqual(['ACTION_INTERDITE input.bilanId']);
    expect(codes((await confirmer('slai-lens', { version: 1 })).errors)).toEqual(['CONFLIT_DE_VERSION input.version']);
    expect(codes((await confirmer('slai-lens', { retenus: bilanCoordoAse(24, 90) })).errors)).toEqual([
      'CHAMP_OBLIGATOIRE input.motif',
    ]);
    const renvoyer = (motif: string) =>
      muter(gateway, 'slai-lens', 'bilanRenvoyer', 'bilan { etat motif }', { bilanId, version: 2, motif });
    expect((await renvoyer('Deux mois manquent.')).bilan).toEqual({
      etat: 'A_COMPLETER',
      motif: 'Deux mois manquent.',
    });
    const deja = (await confirmer('slai-lens', {})).errors;
    expect(codes(deja)).toEqual(['ETAT_INCOMPATIBLE input.bilanId']);
    expect(deja[0]?.message).toContain('son état est « Renvoyé au porteur, à compléter »');
    expect((await remettre('association', bilanCoordoAse(24, 100))).bilan).toMatchObject({ version: 3, etat: 'REMIS' });
    const retenus = { version: 3, retenus: bilanCoordoAse(24, 90), motif: 'La charte est notée 90.' };
    const confirmes = await Promise.all([confirmer('slai-lens', retenus), confirmer('siege', retenus)]);
    expect(confirmes.map((c) => codes(c.errors).join()).sort()).toEqual(['', 'ETAT_INCOMPATIBLE input.bilanId']);
    expect(codes((await remettre('association', bilanCoordoAse(30, 100))).errors)).toEqual([
      'ETAT_INCOMPATIBLE input.conventionId',
    ]);
  });

  it('14.3 #18: 24/30 and 90/100 make 44 200 due, 13 000 remain, the rest of the commitment is released', async () => {
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ sens: 'A_PAYER', montant: '13000.00' });
    expect(solde.explication.texte).toContain('ASE-PAY-02');
    await ordonner(gateway, 'slai-lens', solde.id);
    await payer(gateway, '2027-03-01');
    expect(await soldes()).toEqual({ disponible: '-44200.00', paye: '44200.00' });
  });

  it('AMB-098: too little done is a trop-perçu, proposed and never recovered by itself', async () => {
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
    const autre = await signer();
    const avance = await attendreVersement(gateway, autre, 'AVANCE');
    await ordonner(gateway, 'slai-lens', avance.id);
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    const remis = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
      conventionId: autre,
      champs: bilanCoordoAse(15, 50),
    });
    const { id: bilanId, version } = remis['bilan'] as { id: string; version: number };
    await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
    const solde = await attendreVersement(gateway, autre, 'SOLDE');
    expect(solde).toMatchObject({ sens: 'A_REVERSER', montant: '5200.00', etat: 'PROPOSE' });
    // What was not paid cannot have been paid too much.
    const liquider = () =>
      muter(gateway, 'slai-lens', 'versementLiquider', 'versement { etat }', { versementId: solde.id });
    expect(codes((await liquider()).errors)).toEqual(['SOLDE_INSUFFISANT input.versementId']);
    const { numero: deLAvance } = await payer(gateway, '2027-03-01');
    const avant = await soldes();
    await ordonner(gateway, 'slai-lens', solde.id);
    const { titre, ...reclame } = await soldes();
    expect(titre).toBe('5200.00');
    // Part of it is claimed: the advance's transfer cannot come back whole.
    const revenue = `${deLAvance};${avance.numero};31200.00;REJETE;2027-03-01;Compte clos`;
    expect(codes((await importer([revenue])).errors)).toEqual(['SOLDE_INSUFFISANT input.contenu.2.resultat']);
    const bordereau = await payer(gateway, '2027-03-01');
    expect(bordereau).toMatchObject({ aPayer: '0.00', aReverser: '5200.00' });
    const apres = await soldes();
    expect([avant['paye'], apres['paye'], apres['titre']]).toEqual(['75400.00', '70200.00', undefined]);

    // The association's cheque bounces: what was committed again with it is given back, and it is claimed anew (AMB-196).
    const rejet = `${bordereau.numero};${solde.numero};5200.00;REJETE;2027-03-01;Chèque sans provision`;
    expect(codes((await importer([rejet])).errors)).toEqual([]);
    expect(await soldes()).toEqual({ ...reclame, aReverser: '5200.00' });
    await faire(gateway, 'siege', 'versementOrdonner', 'versement { etat }', { versementId: solde.id });
    await payer(gateway, '2027-03-01');
    expect(await soldes()).toEqual(apres);
  });
});

describe('The bordereau and its return', () => {
  it('a rejected payment may be ordered again; each import is whole, and importing twice changes nothing', async () => {
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
    const [un, deux] = [await signer('1000.00'), await signer('2000.00')];
    const [a, b] = [await attendreVersement(gateway, un, 'AVANCE'), await attendreVersement(gateway, deux, 'AVANCE')];
    for (const { id } of [a, b]) await ordonner(gateway, 'slai-lens', id);

    const [premier, second] = await Promise.all([
      muter(gateway, 'siege', 'bordereauEmettre', BORDEREAU, {}),
      muter(gateway, 'siege-2', 'bordereauEmettre', BORDEREAU, {}),
    ]);
    const emis = [premier, second].filter(({ errors }) => errors.length === 0);
    expect(emis).toHaveLength(1);
    const { numero, aPayer } = emis[0]!['bordereau'] as BordereauLu;
    expect(aPayer).toBe('1800.00');

    const ligneA = `${numero};${a.numero};600.00;PAYE;2026-02-02;`;
    const ligneB = `${numero};${b.numero};1200.00;REJETE;2026-02-02;"Compte clos ; à vérifier"`;
    const etats = async () =>
      [...(await versementsDe(gateway, un)), ...(await versementsDe(gateway, deux))].map((v) => v.etat);

    for (const [lignes, attendus] of [
      [[], ['VALEUR_INVALIDE input.contenu']],
      [[ligneA.replace(numero, 'BORD-62-2020-000001')], ['VALEUR_INVALIDE input.contenu.2.bordereau']],
      [[ligneA, ligneB.replace('1200.00', '1e3')], ['VALEUR_INVALIDE input.contenu.3.montant']],
      [[ligneA, ligneB.replace('1200.00', '1200.01')], ['VALEUR_INVALIDE input.contenu.3.montant']],
      [[ligneA, ligneB.replace(/"Compte.*/, '')], ['VALEUR_INVALIDE input.contenu.3.motif']],
      [[ligneA, ligneA], ['VALEUR_INVALIDE input.contenu.3.versement']],
      [[ligneA.replace('2026-02-02', '2026-02-30')], ['VALEUR_INVALIDE input.contenu.2.date']],
      [[ligneA.replace('2026-02-02', '2026-02-03')], ['VALEUR_INVALIDE input.contenu.2.date']],
      [[ligneA.replace('PAYE', 'OUI')], ['VALEUR_INVALIDE input.contenu.2.resultat']],
      [[ligneA.replace(a.numero, 'VERS-62-2026-999999')], ['VALEUR_INVALIDE input.contenu.2.versement']],
      [['"'], ['VALEUR_INVALIDE input.contenu.2']],
    ] as const) {
      expect([lignes, codes((await importer([...lignes])).errors)]).toEqual([lignes, attendus]);
    }
    expect(codes((await importer([ligneA], 'association')).errors)).toEqual(['INTROUVABLE ']);
    expect(codes((await importer([ligneA], 'administrateur')).errors)).toEqual(['ACTION_INTERDITE ']);
    expect(await etats()).toEqual(['ORDONNE', 'ORDONNE']);

    const avant = await soldes();
    const issues = await Promise.all(Array.from({ length: 8 }, () => importer([ligneA, ligneB])));
    expect(issues.map((i) => [codes(i.errors), i['bordereau']])).toEqual(issues.map(() => [[], { enAttente: 0 }]));
    expect(await etats()).toEqual(['PAYE', 'LIQUIDE']);
    const apres = await soldes();
    expect(Number(apres['paye']) - Number(avant['paye'])).toBe(600);
    expect(codes((await importer([ligneB.replace('REJETE', 'PAYE')])).errors)).toEqual([
      'VALEUR_INVALIDE input.contenu.2.resultat',
    ]);

    await faire(gateway, 'siege', 'versementOrdonner', 'versement { etat }', { versementId: b.id });
    expect((await payer(gateway, '2026-02-02')).aPayer).toBe('1200.00');
    const [paye] = await versementsDe(gateway, deux);
    expect(paye?.etat).toBe('PAYE');
    const { versement } = await lire<{ versement: { etapes: object[]; ecritures: { nature: string }[] } }>(
      gateway,
      'association',
      `{ versement(id: "${b.id}") { etapes { etape motif } ecritures { nature } } }`,
    );
    expect(versement.etapes).toEqual([
      { etape: 'PROPOSITION', motif: null },
      { etape: 'LIQUIDATION', motif: null },
      { etape: 'ORDONNANCEMENT', motif: null },
      { etape: 'REJET', motif: 'Compte clos ; à vérifier' },
      { etape: 'ORDONNANCEMENT', motif: null },
      { etape: 'PAIEMENT', motif: null },
    ]);
    expect(versement.ecritures.map(({ nature }) => nature)).toEqual([
      'LIQUIDATION',
      'MANDATEMENT',
      'REJET',
      'MANDATEMENT',
      'PAIEMENT',
    ]);
  });

  it('AMB-196: a transfer that comes back from the bank is undone, once, and may be ordered again', async () => {
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
    const conventionId = await signer('1000.00');
    const avant = await soldes();
    const { id, numero: versement } = await attendreVersement(gateway, conventionId, 'AVANCE');
    await ordonner(gateway, 'slai-lens', id);
    const { numero } = await payer(gateway, '2026-02-02');
    gateway.horloge.avancerA('2026-02-09T09:00:00+01:00');
    const paye = `${numero};${versement};600.00;PAYE;2026-02-02;`;
    const revenu = `${numero};${versement};600.00;REJETE;2026-02-06;Compte clos`;
    const etat = async () => (await versementsDe(gateway, conventionId))[0]?.etat;

    const issues = await Promise.all(Array.from({ length: 8 }, () => importer([revenu])));
    expect(issues.map((i) => codes(i.errors))).toEqual(issues.map(() => []));
    expect(await etat()).toBe('LIQUIDE');
    expect(Number((await soldes())['paye'] ?? 0)).toBe(Number(avant['paye'] ?? 0));
    expect(codes((await importer([paye])).errors)).toEqual([]);
    expect(await etat()).toBe('LIQUIDE');
    for (const autre of [revenu.replace('02-06', '02-07'), paye.replace('02-02', '02-08')]) {
      expect(codes((await importer([autre])).errors)).toEqual(['VALEUR_INVALIDE input.contenu.2.resultat']);
    }
    const { bordereaux } = await lire<{ bordereaux: { nodes: { lignes: { nodes: object[] } }[] } }>(
      gateway,
      'siege',
      '{ bordereaux(first: 1) { nodes { lignes { nodes { retour { resultat date } } } } } }',
    );
    expect(bordereaux.nodes[0]?.lignes.nodes).toEqual([{ retour: { resultat: 'REJETE', date: '2026-02-06' } }]);

    await faire(gateway, 'siege', 'versementOrdonner', 'versement { etat }', { versementId: id });
    await payer(gateway, '2026-02-09');
    expect(await etat()).toBe('PAYE');
    expect(Number((await soldes())['paye'])).toBe(Number(avant['paye'] ?? 0) + 600);
    const lu = await lire<{ versement: { ecritures: { nature: string }[] } }>(
      gateway,
      'association',
      `{ versement(id: "${id}") { ecritures { nature } } }`,
    );
    expect(lu.versement.ecritures.map(({ nature }) => nature)).toEqual([
      'LIQUIDATION',
      'MANDATEMENT',
      'PAIEMENT',
      'CORRECTION',
      'REJET',
      'MANDATEMENT',
      'PAIEMENT',
    ]);
  });
});
