export { avecClient, type BaseEssai, creerBaseEssai, type OptionsBaseEssai } from './base-essai.js';
