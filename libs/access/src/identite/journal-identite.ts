/** Where the causes of refused tokens go. They name neither the token nor the person. */
export interface JournalIdentite {
  avertir(message: string, details: Readonly<Record<string, string>>): void;
}
