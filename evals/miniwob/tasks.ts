/** The tasks the embedded agent was developed on. All others, and seeds beyond 20, are kept for measuring it. */
export const DEVELOPMENT_TASKS: Record<string, readonly string[]> = {
  click: [
    'click-test-2',
    'click-test-transfer',
    'click-dialog-2',
    'click-collapsible',
    'click-collapsible-nodelay',
    'click-collapsible-2',
    'click-collapsible-2-nodelay',
    'navigate-tree',
    'focus-text-2',
  ],
  choice: ['click-option', 'click-checkboxes', 'click-checkboxes-large', 'click-checkboxes-transfer', 'click-checkboxes-soft'],
  'text and forms': [
    'enter-text',
    'enter-text-2',
    'enter-text-dynamic',
    'enter-password',
    'enter-date',
    'enter-time',
    'login-user',
    'login-user-popup',
    'text-transform',
    'multi-layouts',
    'multi-orderings',
    'form-sequence',
  ],
  'read, then act': ['read-table', 'read-table-2', 'search-engine', 'use-autocomplete', 'use-autocomplete-nodelay'],
  widgets: ['choose-date-easy', 'choose-date-medium', 'choose-date', 'choose-date-nodelay', 'use-slider'],
  'several pages': ['book-flight', 'book-flight-nodelay', 'buy-ticket'],
};

export const allTasks = (): string[] => Object.values(DEVELOPMENT_TASKS).flat();
