export {
  calcul,
  calcule,
  chiffre,
  colonne,
  euros,
  identifiant,
  instant,
  jour,
  instantSql,
  lignes,
  liste,
  page,
  partie,
  repris,
  siDroit,
  siPermis,
  un,
  unRetour,
  unSelon,
} from './champs.js';
export type {
  CalculDeChamp,
  Champ,
  Filtre,
  Ligne,
  Ordre,
  PageSur,
  Racine,
  RacineListe,
  RacinePage,
  RacineUn,
  TypeLu,
} from './declaration.js';
export { egal, parmi, seulement } from './filtres-usuels.js';
export { ecrireIdentifiant, lireUuid } from './identifiant.js';
export { Lectures } from './lectures.js';
export { type LectureNominative, TemoinDesLectures } from './lectures-nominatives.js';
export { PAGE_MAX, TOTAL_MAX } from './pagination.js';
export { resolveurParDefaut } from './par-alias.js';
export { DonneesEnTexte, ecrireReponse, fragmentsDe, lireEnTexte, pluginLectures } from './plugin-apollo.js';
export { tris } from './tris.js';
export { Node, PageInfo, PaginationArgs } from './protocole.js';
export { type Declarations, SillageReadModule } from './read.module.js';
export { classeGraphql, connexionGraphql } from './schema.js';
