export {
  defautsDeGrille,
  grilleAu,
  itemsDeGrille,
  reglesDeGrille,
  type DeclarationGrille,
  type ItemDeGrille,
  type RubriqueDeGrille,
  type SousPoint,
  type VersionDeGrille,
} from './grille.js';
export { parametreDelaiObservations, parametrePenaliteMalus } from './parametres.js';
export { deciderNotes, itemsSansNote, scoreDeGrille, type Cotation, type NoteDItem, type Notes } from './score.js';
