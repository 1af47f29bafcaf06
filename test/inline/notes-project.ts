/** A project about the notes application that is right; tests make it wrong in one place. */
export const notesProject = (url: string): Record<string, string> => ({
  'intentwright.config.yaml': `targets:
  local: { url: "${url}" }
browser: { channel: headless-shell }
defaults: { settle: 200ms }
`,
  'intents/add-note.intent.yaml': `intent: Add a note
vars:
  note: note \${run.id}
journey:
  - Add the note "\${note}"
then:
  - note-is-stored: { note: "\${note}" }
within: 3s
`,
  'invariants/notes.yaml': `note-is-stored:
  says: \${note} is stored
  params: [note]
  eventually:
    http: { path: /api/notes, text: true }
    expect: { body: { contains: "\${note}" } }
`,
});
