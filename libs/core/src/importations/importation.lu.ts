import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { calcul, calcule, colonne, instant, liste, type Racine, type TypeLu, un } from '@sillage/read';
import { Int } from '@nestjs/graphql';
import { enumerationGraphql } from '../api/index.js';
import { PREMIERS_D_ABORD } from '../api/ordre.js';
import { appelLu } from '../appels/index.js';
import { candidatureLue } from '../candidatures/candidature.lu.js';
import { FichierDesRefus } from './fichier-des-refus.js';
import { RESULTATS_IMPORT, type ResultatImport } from './importation.entity.js';

const ResultatImportEnum = enumerationGraphql(RESULTATS_IMPORT, 'ResultatImport', 'Ce qu’est devenue une ligne.');

const ligneLue: TypeLu = {
  nom: 'LigneImportee',
  description: 'Ce qu’est devenue une ligne du fichier ; une par faute, si elle est refusée.',
  table: 'sillage.candidature_importation_ligne',
  sansId: true,
  champs: {
    ligne: colonne(() => Int, 'ligne', { description: 'Sa place dans le fichier, l’en-tête étant la première.' }),
    reference: colonne(() => String, 'reference', { nullable: true }),
    resultat: colonne(() => ResultatImportEnum, 'resultat'),
    candidature: un(() => candidatureLue, { par: 'candidature_id', nullable: true }),
    colonne: colonne(() => String, 'colonne', {
      nullable: true,
      description: 'La colonne en cause, si une seule l’est.',
    }),
    code: colonne(() => String, 'code', { nullable: true, description: 'Code stable, documenté dans docs/errors.md.' }),
    message: colonne(() => String, 'message', { nullable: true }),
    regle: colonne(() => String, 'regle', { nullable: true }),
  },
};

const nombre = (resultat: ResultatImport, description: string) =>
  calcul(
    () => Int,
    (l) => `(select count(distinct il.ligne)::int from sillage.candidature_importation_ligne il
      where il.departement_id = ${l.alias}.departement_id and il.importation_id = ${l.colonne('id')} and il.resultat = '${resultat}')`,
    { description },
  );

export const importationLue: TypeLu = {
  nom: 'ImportationCandidatures',
  description: 'Un fichier de candidatures du logiciel de dépôt, et ce qu’en est devenue chaque ligne (AMB-166).',
  table: 'sillage.candidature_importation',
  droits: { sujet: 'Tache', champs: (alias) => ({ dispositif: { colonne: `${alias}.dispositif` } }) },
  champs: {
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    appel: un(() => appelLu, { par: 'appel_id' }),
    importeeLe: instant(() => HorodatageScalaire, 'importee_le'),
    colonnesIgnorees: colonne(() => [String], 'colonnes_ignorees', {
      description: 'Colonnes que le formulaire ne connaît pas : elles n’ont pas été lues.',
    }),
    importees: nombre('IMPORTEE', 'Candidatures créées.'),
    misesAJour: nombre('MISE_A_JOUR', 'Candidatures corrigées.'),
    dejaImportees: nombre('DEJA_IMPORTEE', 'Lignes déjà importées à l’identique.'),
    refusees: nombre('REFUSEE', 'Lignes refusées.'),
    lignes: liste(() => ligneLue, { par: 'importation_id', ordre: PREMIERS_D_ABORD }),
    fichierDesRefus: calcule(
      () => String,
      () => FichierDesRefus,
      { description: 'Les refus, en CSV, pour un tableur : aucune cellule n’y devient une formule.' },
    ),
  },
};

export const racinesImportations: readonly Racine[] = [
  {
    genre: 'un',
    nom: 'importationCandidatures',
    type: importationLue,
    description: 'Un import de candidatures ; nul s’il n’existe pas ou ne vous est pas accessible.',
  },
];
