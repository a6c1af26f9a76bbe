import { canari, idDe, STRUCTURES, TERRITOIRES } from './acteurs.js';
import { inserer } from './inserer.js';
import { semerCotations } from './semer-cotations.js';
import { champsDe, LE, type Semis } from './semer-monde.js';

const ETATS_CANDIDATURE = ['BROUILLON', 'DEPOSEE', 'VALIDEE', 'RETENUE', 'REJETEE', 'ABANDONNEE'];
const ETATS_VERSEMENT = ['PROPOSE', 'LIQUIDE', 'ORDONNE', 'PAYE', 'REFUSE'];
/** How many écritures of the chain a payment in that state has passed. */
const ETATS_PASSES: Readonly<Record<string, number>> = { PROPOSE: 0, LIQUIDE: 1, ORDONNE: 2, PAYE: 3, REFUSE: 0 };
const CHAINE = [
  { nature: 'LIQUIDATION', de: 'ENGAGE', vers: 'LIQUIDE' },
  { nature: 'MANDATEMENT', de: 'LIQUIDE', vers: 'MANDATE' },
  { nature: 'PAIEMENT', de: 'MANDATE', vers: 'PAYE' },
] as const;
const ETATS_BILAN = ['REMIS', 'CONFIRME', 'A_COMPLETER'];
const ETATS_AVENANT = ['PROJET', 'SIGNE', 'ABANDONNE'];
const NATURES_DE_FIN: Readonly<Record<string, string>> = { DENONCEE: 'DENONCIATION', RESILIEE: 'RESILIATION' };
const PLAFOND = { libelle: 'Plafond', resultat: '900,00 €' };

/**
 * For each dispositif, each structure and each set of territories: a candidature in one state, and another that became a convention,
 * with its bilan, its avenant and its payment, states going round.
 */
export async function semerDossiers(semis: Semis): Promise<void> {
  const { client, departement, territoires, auteur, autre } = semis;
  const departement_id = departement;
  const mot = canari(departement);
  const dossiers = dossiersDe(semis);
  const signes = dossiers.filter(({ rang }) => rang % 3 !== 0);
  const ligne = (d: Dossier) => ({ departement_id, dispositif: d.dispositif.code, structure_id: d.structureId });
  const liens = (sorte: string, colonne: string, choisis: readonly Dossier[]) =>
    choisis.flatMap((d) =>
      d.codes.map((code) => ({
        departement_id,
        [colonne]: idDe(departement, sorte, d.cle),
        territoire_id: territoires.get(code),
      })),
    );
  const pour = (sorte: string, d: Dossier): string => idDe(departement, sorte, d.cle);
  const candidature = (sorte: string, d: Dossier, etat: string) => ({
    ...ligne(d),
    id: pour(sorte, d),
    numero: `${mot}-${sorte}-${d.rang}`,
    appel_id: idDe(departement, 'appel', `${d.dispositif.code} PUBLIE`),
    etat,
    champs: champsDe(semis, `Candidature${d.dispositif.prefixe}ChampsInput`),
    version: 1,
    reference_externe: mot,
    cree_le: LE,
    cree_par: auteur,
    modifie_le: LE,
    deposee_le: etat === 'BROUILLON' ? null : LE,
    validee_le: etat === 'BROUILLON' || etat === 'DEPOSEE' ? null : LE,
  });
  const seules = dossiers.map((d) => candidature('candidature', d, tourner(ETATS_CANDIDATURE, d.rang)));
  await inserer(client, 'sillage.candidature', [
    ...seules,
    ...dossiers.map((d) => candidature('conventionnee', d, 'CONVENTIONNEE')),
  ]);
  await inserer(client, 'sillage.candidature_territoire', [
    ...liens('candidature', 'candidature_id', dossiers),
    ...liens('conventionnee', 'candidature_id', dossiers),
  ]);
  await inserer(
    client,
    'sillage.candidature_decision',
    [
      ...seules.filter(({ etat }) => etat === 'RETENUE' || etat === 'REJETEE').map(({ id, etat }) => ({ id, etat })),
      ...dossiers.map((d) => ({ id: pour('conventionnee', d), etat: 'RETENUE' })),
    ].map(({ id, etat }) => ({
      departement_id,
      id: idDe(departement, 'decision', id),
      candidature_id: id,
      sens: etat,
      motif: mot,
      confirmations: [],
      prise_le: LE,
      prise_par: auteur,
    })),
  );
  await inserer(
    client,
    'sillage.candidature_complement',
    seules
      .filter(({ etat }) => etat === 'VALIDEE')
      .map(({ id }, rang) => {
        const retire = rang % 2 === 1;
        return {
          departement_id,
          id: idDe(departement, 'complement', id),
          candidature_id: id,
          champs: ['attaque'],
          reserves: [],
          pieces: [],
          texte: mot,
          echeance: '2026-03-15',
          demande_le: LE,
          demande_par: auteur,
          avant: { attaque: mot },
          retire_le: retire ? LE : null,
          retire_par: retire ? auteur : null,
          motif_retrait: retire ? mot : null,
        };
      }),
  );
  await inserer(
    client,
    'sillage.convention',
    dossiers.map((d) => ({
      ...ligne(d),
      id: pour('convention', d),
      numero: `${mot}-CONV-${d.rang}`,
      candidature_id: pour('conventionnee', d),
      etat: etatDeConvention(d.rang),
      du: '2025-02-01',
      // Over: its bilan may be handed in.
      au: '2026-01-31',
      montant_centimes: 90_000,
      termes: champsDe(semis, `Convention${d.dispositif.prefixe}TermesInput`),
      plafond: PLAFOND,
      cree_le: LE,
      cree_par: auteur,
      modifie_le: LE,
      signee_le: d.rang % 3 === 0 ? null : '2026-01-21',
    })),
  );
  await inserer(client, 'sillage.convention_territoire', liens('convention', 'convention_id', dossiers));
  await inserer(
    client,
    'sillage.convention_fin',
    signes.flatMap((d) => {
      const nature = NATURES_DE_FIN[etatDeConvention(d.rang)];
      if (nature === undefined) return [];
      return {
        departement_id,
        id: idDe(departement, 'fin', d.cle),
        convention_id: pour('convention', d),
        nature,
        partie: 'DEPARTEMENT',
        envoyee_le: '2025-10-31',
        effet_le: '2026-01-31',
        au_avant: '2026-01-31',
        motif: mot,
        explication: { ...PLAFOND, libelle: mot },
        prononcee_le: LE,
        prononcee_par: auteur,
      };
    }),
  );
  await inserer(
    client,
    'sillage.convention_signature',
    signes.flatMap((d) =>
      [
        { partie: 'PORTEUR', saisie_par: autre },
        { partie: 'DEPARTEMENT', saisie_par: auteur },
      ].map((signature) => ({
        ...signature,
        departement_id,
        id: idDe(departement, 'signature', `${d.cle} ${signature.partie}`),
        convention_id: pour('convention', d),
        signee_le: '2026-01-21',
        qualite: mot,
        saisie_le: LE,
      })),
    ),
  );
  await inserer(
    client,
    'sillage.ecriture',
    signes.map((d) => ({
      departement_id,
      id: idDe(departement, 'ecriture', `engagement ${d.cle}`),
      cle: `attaque engagement ${d.cle}`,
      nature: 'ENGAGEMENT',
      jour: '2026-01-21',
      enveloppe_id: idDe(departement, 'enveloppe', d.dispositif.code),
      convention_id: pour('convention', d),
      de: 'DISPONIBLE',
      vers: 'ENGAGE',
      centimes: 90_000,
      passee_le: LE,
      passee_par: auteur,
    })),
  );
  await inserer(
    client,
    'sillage.versement',
    signes.map((d) => ({
      ...ligne(d),
      id: pour('versement', d),
      numero: `${mot}-VERS-${d.rang}`,
      convention_id: pour('convention', d),
      tranche: 'AVANCE',
      montant_centimes: 10_000,
      explication: { ...PLAFOND, libelle: mot },
      etat: tourner(ETATS_VERSEMENT, d.rang),
      propose_le: LE,
      sens: 'A_PAYER',
    })),
  );
  for (const [rang, { nature, de, vers }] of CHAINE.entries()) {
    await inserer(
      client,
      'sillage.ecriture',
      signes
        .filter((d) => ETATS_PASSES[tourner(ETATS_VERSEMENT, d.rang)]! > rang)
        .map((d) => ({
          departement_id,
          id: idDe(departement, 'ecriture', `${nature} ${d.cle}`),
          cle: `attaque ${nature} ${d.cle}`,
          nature,
          jour: '2026-01-22',
          enveloppe_id: idDe(departement, 'enveloppe', d.dispositif.code),
          convention_id: pour('convention', d),
          versement_id: pour('versement', d),
          de,
          vers,
          centimes: 10_000,
          passee_le: LE,
          passee_par: auteur,
        })),
    );
  }
  await inserer(
    client,
    'sillage.versement_etape',
    signes.map((d) => ({
      departement_id,
      id: idDe(departement, 'etape', d.cle),
      versement_id: pour('versement', d),
      etape: 'PROPOSITION',
      motif: mot,
      franchie_le: LE,
    })),
  );
  await inserer(
    client,
    'sillage.bilan',
    signes
      .filter(({ dispositif }) => dispositif.bilan)
      .map((d) => {
        const etat = tourner(ETATS_BILAN, d.rang);
        const confirme = etat === 'CONFIRME';
        const champs = champsDe(semis, `Bilan${d.dispositif.prefixe}ChampsInput`);
        return {
          ...ligne(d),
          id: pour('bilan', d),
          numero: `${mot}-BIL-${d.rang}`,
          convention_id: pour('convention', d),
          etat,
          champs,
          retenus: confirme ? champs : null,
          version: 1,
          motif: mot,
          cree_le: LE,
          modifie_le: LE,
          remis_le: LE,
          remis_par: autre,
          confirme_le: confirme ? LE : null,
          confirme_par: confirme ? auteur : null,
        };
      }),
  );
  await inserer(
    client,
    'sillage.suivi',
    signes.flatMap((d) =>
      Object.keys(d.dispositif.suivis ?? {}).map((nom) => {
        const etat = tourner(ETATS_BILAN, d.rang);
        const confirme = etat === 'CONFIRME';
        const type = `Suivi${d.dispositif.prefixe}${nom.charAt(0).toUpperCase()}${nom.slice(1)}`;
        return {
          ...ligne(d),
          id: idDe(departement, 'suivi', `${d.cle} ${nom}`),
          numero: `${mot}-SUI-${d.rang}-${nom}`,
          convention_id: pour('convention', d),
          modele: `${d.dispositif.code}/${nom}`,
          rang: 1,
          du: '2025-02-01',
          au: '2025-02-28',
          echeance: '2025-03-10',
          etat,
          champs: champsDe(semis, `${type}ChampsInput`),
          version: 1,
          motif: mot,
          cree_le: LE,
          modifie_le: LE,
          remis_le: LE,
          remis_par: autre,
          confirme_le: confirme ? LE : null,
          confirme_par: confirme ? auteur : null,
        };
      }),
    ),
  );
  await inserer(
    client,
    'sillage.avenant',
    signes.map((d) => {
      const etat = tourner(ETATS_AVENANT, d.rang);
      return {
        departement_id,
        id: pour('avenant', d),
        numero: `${mot}-AVEN-${d.rang}`,
        convention_id: pour('convention', d),
        etat,
        effet_le: '2025-06-01',
        au: '2026-01-31',
        montant_centimes: 90_000,
        termes: champsDe(semis, `Convention${d.dispositif.prefixe}TermesInput`),
        champs: { contactNom: `${mot} avenant` },
        plafond: PLAFOND,
        avant: { au: '2026-01-31', montant: '900.00', termes: {} },
        motif: mot,
        cree_le: LE,
        cree_par: auteur,
        signe_le: etat === 'SIGNE' ? '2026-01-22' : null,
      };
    }),
  );
  await semerCotations(semis, signes);
  await semerBordereau(semis, signes);
}

async function semerBordereau({ client, departement, auteur }: Semis, signes: readonly Dossier[]): Promise<void> {
  const departement_id = departement;
  const bordereau_id = idDe(departement, 'bordereau', 'seul');
  const envoyes = signes.filter(({ rang }) => tourner(ETATS_VERSEMENT, rang) === 'PAYE').slice(0, 3);
  const bordereau = {
    departement_id,
    id: bordereau_id,
    numero: `${canari(departement)}-BORD-1`,
    contenu: canari(departement),
    empreinte: '0'.repeat(64),
    emis_le: LE,
    emis_par: auteur,
  };
  await inserer(client, 'sillage.bordereau', [bordereau]);
  await inserer(
    client,
    'sillage.bordereau_ligne',
    envoyes.map(({ cle }) => ({
      departement_id,
      id: idDe(departement, 'bordereau-ligne', cle),
      bordereau_id,
      versement_id: idDe(departement, 'versement', cle),
      sens: 'A_PAYER',
      montant_centimes: 10_000,
    })),
  );
}

function dossiersDe({ departement, dispositifs }: Semis) {
  const [chezSoi, ailleurs] = TERRITOIRES[departement];
  const ensembles = [[chezSoi], [ailleurs], [chezSoi, ailleurs]];
  return dispositifs
    .flatMap((dispositif) =>
      STRUCTURES.flatMap((structure) => ensembles.map((codes) => ({ dispositif, structure, codes }))),
    )
    .map(({ dispositif, structure, codes }, rang) => ({
      dispositif,
      codes,
      // Rounds of five, six and three states do not fall in step with three territories and five structures.
      rang,
      cle: `${dispositif.code} ${structure} ${codes.join('+')}`,
      structureId: idDe(departement, 'structure', structure),
    }));
}

export type Dossier = ReturnType<typeof dossiersDe>[number];

/** One in three is not signed, and one in nine of each that ends otherwise than by its last day. */
function etatDeConvention(rang: number): string {
  if (rang % 3 === 0) return rang % 9 === 6 ? 'ABANDONNEE' : 'PROJET';
  return { 4: 'DENONCEE', 8: 'RESILIEE' }[rang % 9] ?? 'SIGNEE';
}

/** Shifted at each turn, so that each territory and each structure meets each state. */
function tourner(etats: readonly string[], rang: number): string {
  return etats[(rang + Math.floor(rang / etats.length)) % etats.length] as string;
}
