export { type Composition, entites, horlogeDe, modulesCommuns, type OptionsModules } from './composition.js';
export { controleBase, controleSchema } from './controles.js';
export { droitsDesDispositifs } from './droits-des-dispositifs.js';
export { type OptionsExploitation, routesExploitation } from './exploitation.js';
export { creerJournal, type Journal, type JournalDeNest, journalDeNest } from './journal.js';
export { creerMetriques, mesurerPool } from './metriques.js';
export { codeDePanne, decrirePanne, estErreur, type PanneDecrite } from './panne.js';
export { type Application, fautesDeDemarrage, lancerProcessus } from './processus.js';
export { type Controle, type EtatSante, Sante } from './sante.js';
