import { NATURES_STRUCTURE } from '@sillage/kernel';
import type { Champ, Champs } from './champ.js';
import { tableauDeCouverture } from './couverture.js';
import { QUAND } from './dates.js';
import type { Dispositif, FormeEcheance } from './dispositif.js';
import type { VersionDeGrille } from './grilles/index.js';
import type { Parametre } from './parametre.js';
import { type DeclarationPiece, MOMENTS_DE_PIECE, piecesDe } from './pieces.js';

/** The page of a dispositif (Markdown, French), written from its declaration alone: docs/dispositifs/<code>.md. */
export function documenterDispositif(d: Dispositif): string {
  return [
    `# ${d.libelle}`,
    `> Page écrite depuis la déclaration de \`${d.code}\`, version ${d.version}. Ne la modifiez pas à la main : \`npm run generer\`.`,
    d.description,
    `Textes : ${d.textes.join(' ; ')}.`,
    '## Paramètres datés',
    tableau(['Clé', 'Libellé', 'Valeur', 'Du', 'Au', 'Règle', 'Interprétation'], lignesParametres(d)),
    ...section(
      '## Appels à projets',
      ['Code', 'Libellé', 'Ouverture', 'Clôture (incluse)', 'Règle'],
      (d.appels ?? []).map((a) => [a.code, a.libelle, a.ouverture, a.cloture, a.regle]),
    ),
    ...(d.age === undefined
      ? []
      : [
          `Public : de \`${d.age.min}\` à \`${d.age.max}\` ans révolus, bornes incluses, à la date : ${d.age.a}` +
            `${d.age.borneHaute === undefined ? '' : ` ; l’année de la borne haute, que \`${d.age.borneHaute}\` admet ou non, est à confirmer`} (${[d.age.regle, d.age.interpretation].filter(Boolean).join(', ')}).`,
        ]),
    ...(d.eligibilite === undefined
      ? []
      : [
          '## Éligibilité d’un jeune',
          `Jugée à la date : ${d.eligibilite.a}. Ce qui est demandé, et n’est pas conservé :`,
          tableauChamps(d.eligibilite.champs),
          tableau(
            ['Règle', 'Ce qui est vérifié'],
            d.eligibilite.regles.map((r) => [r.regle, r.libelle]),
          ),
        ]),
    '## Candidature',
    `API : mutations \`candidature${d.prefixe}Creer\` et \`candidature${d.prefixe}Enregistrer\`, type \`Candidature${d.prefixe}\`.`,
    ...(d.candidature.porteurs === undefined
      ? []
      : [
          `Porteurs : ${d.candidature.porteurs.natures.map((nature) => NATURES_STRUCTURE[nature]).join(', ')} ` +
            `(${d.candidature.porteurs.regle}).`,
        ]),
    tableauChamps(d.candidature.champs),
    `Avis demandés, sur chaque territoire : ${d.candidature.avis.join(', ') || 'aucun'}` +
      `${d.candidature.regleTerritoires === undefined ? '' : ` (${d.candidature.regleTerritoires})`}.`,
    '### Recevabilité',
    tableau(
      ['Règle', 'Ce qui est vérifié au dépôt'],
      d.candidature.recevabilite.map((r) => [r.regle, r.libelle]),
    ),
    ...(d.candidature.continuite === undefined
      ? []
      : [
          `Une même action, reconnue par le champ \`${d.candidature.continuite.suite}\`, est financée dans les limites des paramètres ` +
            `\`${d.candidature.continuite.mois}\` et \`${d.candidature.continuite.exercices}\` (${d.candidature.continuite.regle}).`,
        ]),
    '## Convention',
    `API : mutation \`convention${d.prefixe}Preparer\`, type \`Convention${d.prefixe}\`. Durée au plus : paramètre \`${d.convention.dureeMax}\` ` +
      `(${d.convention.regles.duree}). Plafond : ${d.convention.regles.plafond}.`,
    tableauChamps(d.convention.termes),
    ...section(
      '### Contrôles',
      ['Règle', 'Ce qui est vérifié à la préparation'],
      (d.convention.controles ?? []).map((c) => [c.regle, c.libelle]),
    ),
    ...(d.convention.plafondAnnuel === undefined
      ? []
      : [
          `Plafond par structure et par an, toutes conventions ensemble : paramètre \`${d.convention.plafondAnnuel.montant}\`, ` +
            `année selon \`${d.convention.plafondAnnuel.annee}\` (${d.convention.plafondAnnuel.regle}).`,
        ]),
    ...(d.convention.pasAvantLeDepot === undefined
      ? []
      : [`Elle ne commence pas avant le dépôt de la candidature (${d.convention.pasAvantLeDepot}).`]),
    ...(d.enveloppe === undefined
      ? []
      : [`Enveloppe de l’appel à projets : paramètre \`${d.enveloppe.montant}\` (${d.enveloppe.regle}).`]),
    ...(d.bilan === undefined ? [] : ['## Bilan', `Règle : ${d.bilan.regle}.`, tableauChamps(d.bilan.champs)]),
    ...section(
      '### Contrôles du bilan',
      ['Règle', 'Ce qui est vérifié à la remise'],
      (d.bilan?.controles ?? []).map((c) => [c.regle, c.libelle]),
    ),
    ...section(
      '## Pièces',
      ['Code', 'Libellé', 'Quand', 'Obligatoire', 'Types', 'Taille (paramètre)', 'Plusieurs', 'Nominative', 'Règle'],
      piecesDe(d).map(lignePiece),
    ),
    ...(d.grille === undefined
      ? []
      : [
          `## Grille : ${d.grille.libelle}`,
          `Règle : ${d.grille.regle}. Plafond du score : paramètre \`${d.grille.plafond}\` ; points retranchés pour un malus : ` +
            `\`${d.grille.penaliteMalus}\` ; délai des observations du porteur : \`${d.grille.delaiObservations}\`.`,
          ...d.grille.versions.flatMap(tableauDeGrille),
        ]),
    ...Object.entries(d.suivis ?? {}).flatMap(([nom, suivi]) => [
      `## Suivi : ${suivi.libelle}`,
      `API : mutation \`suivi${d.prefixe}${majuscule(nom)}Remettre\`. Périodicité ${suivi.periodicite.toLowerCase()}, dû selon le paramètre ` +
        `\`${suivi.du}\`, remis au plus tôt le ${suivi.desLeDebut ? 'premier' : 'dernier'} jour de la période${suivi.avantBilan === undefined ? '' : ` ; avant le bilan final : paramètre \`${suivi.avantBilan}\``} (${suivi.regle}).`,
      tableauChamps(suivi.champs),
      ...section(
        '### Contrôles du suivi',
        ['Règle', 'Ce qui est vérifié', 'À'],
        (suivi.controles ?? []).map((c) => [c.regle, c.libelle, c.a === 'REMISE' ? 'la remise' : 'la confirmation']),
      ),
    ]),
    '## Versements',
    tableau(
      ['Tranche', 'Libellé', 'Événement', 'Règle'],
      d.versements.map((v) => [v.tranche, v.libelle, v.a, v.regle]),
    ),
    ...section(
      '## Échéances',
      ['Code', 'Libellé', 'Depuis', 'Délai (paramètre)', 'Règle'],
      (d.echeances ?? []).map((e) => [
        e.code,
        e.libelle,
        e.depuis,
        e.dans + FORMES_D_ECHEANCE[e.forme ?? 'DELAI'],
        e.regle,
      ]),
    ),
    ...section(
      '## Indicateurs',
      ['Code', 'Libellé', 'Unité', 'Règle'],
      (d.indicateurs ?? []).map((i) => [i.code, i.libelle, i.unite, i.regle]),
    ),
    ...couverture(d),
  ]
    .join('\n\n')
    .concat('\n');
}

function couverture(d: Dispositif): string[] {
  const couverture = tableauDeCouverture(d);
  if (couverture === undefined) return [];
  return [
    '## Règles du catalogue',
    couverture.texte,
    ...section('### Règles non calculables', ['Règle', 'Pourquoi'], couverture.lignes),
  ];
}

function majuscule(mot: string): string {
  return mot.charAt(0).toUpperCase() + mot.slice(1);
}

function section(titre: string, entetes: string[], lignes: string[][]): string[] {
  return lignes.length === 0 ? [] : [titre, tableau(entetes, lignes)];
}

function lignePiece(piece: DeclarationPiece): string[] {
  const {
    code,
    libelle,
    quand,
    obligatoire,
    types,
    tailleMax = 'tailleMaxPiece',
    plusieurs,
    nominative,
    regle,
  } = piece;
  const exigence = typeof obligatoire === 'function' ? 'selon les champs' : obligatoire === true ? 'oui' : obligatoire;
  return [
    code,
    libelle,
    MOMENTS_DE_PIECE[quand],
    exigence === 'A_CONFIRMER' ? 'à confirmer' : (exigence ?? ''),
    types.join(', '),
    tailleMax,
    plusieurs ? 'oui' : '',
    nominative ? 'oui' : '',
    regle,
  ];
}

const FORMES_D_ECHEANCE: Readonly<Record<FormeEcheance | 'DELAI', string>> = {
  DELAI: '',
  DERNIER_JOUR: ' (dernier jour de ces mois)',
  JOUR_DU_MOIS_SUIVANT: ' (jour du mois suivant)',
  ANNIVERSAIRE: ' (anniversaire)',
};

const DRAPEAUX = { BONUS: 'bonus, hors du total', MALUS: 'malus' } as const;

function tableauDeGrille({ code, du, total, rubriques }: VersionDeGrille): string[] {
  const lignes = rubriques.flatMap((rubrique) => [
    [rubrique.code, `**${rubrique.libelle}**`, '', `**${rubrique.max}**`, '', '', '', rubrique.regle],
    ...rubrique.items.map((item) => [
      item.code,
      item.libelle,
      item.attendu,
      `${item.max}`,
      (item.sousPoints ?? []).map((part) => `${part.libelle} ${part.max}`).join(' · '),
      item.drapeau ? DRAPEAUX[item.drapeau] : '',
      `${item.preuve} (${item.notateurs.join(', ')})`,
      item.regle,
    ]),
  ]);
  const entetes = ['Code', 'Libellé', 'Attendu', 'Points', 'Sous-points', 'Drapeau', 'Preuve (qui note)', 'Règle'];
  return [`Version ${code}, depuis le ${du} : ${total} points.`, tableau(entetes, lignes)];
}

function lignesParametres(d: Dispositif): string[][] {
  return Object.entries(d.parametres).flatMap(([cle, p]) =>
    p.valeurs.map((v) => [
      cle,
      p.options.libelle,
      afficher(p, v.valeur),
      v.du,
      v.au ?? '',
      p.options.regle,
      p.options.interpretation ?? '',
    ]),
  );
}

function afficher(parametre: Parametre, valeur: unknown): string {
  return parametre.afficher(parametre.lire(valeur));
}

function tableauChamps(champs: Champs, prefixe = ''): string {
  return tableau(['Champ', 'Libellé', 'Nature', 'Obligatoire', 'Nominatif', 'Règle'], lignesChamps(champs, prefixe));
}

function lignesChamps(champs: Champs, prefixe: string): string[][] {
  return Object.entries(champs).flatMap(([nom, c]) => {
    const ligne = [
      `${prefixe}${nom}`,
      libelle(c),
      nature(c),
      c.requis ? 'oui' : '',
      c.options.nominatif ? 'oui' : '',
      c.options.regle ?? '',
    ];
    return c.nature.genre === 'lignes' ? [ligne, ...lignesChamps(c.nature.champs, `${prefixe}${nom}[].`)] : [ligne];
  });
}

function libelle(c: Champ): string {
  return c.options.unite ? `${c.options.libelle} (${c.options.unite})` : c.options.libelle;
}

function nature(c: Champ): string {
  switch (c.nature.genre) {
    case 'choix':
      return `choix : ${Object.values(c.nature.options).join(' / ')}`;
    case 'date':
      return c.nature.quand ? `date ${QUAND[c.nature.quand]}` : 'date';
    default:
      return c.nature.genre;
  }
}

function tableau(entetes: readonly string[], lignes: readonly (readonly string[])[]): string {
  if (lignes.length === 0) return 'Aucun.';
  const rendre = (cellules: readonly string[]): string =>
    `| ${cellules.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
  return [rendre(entetes), rendre(entetes.map(() => '---')), ...lignes.map(rendre)].join('\n');
}
