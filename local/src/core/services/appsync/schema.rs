//! The schema of the notes app.

use async_graphql::{
    Context, Error, ID, InputObject, InputValueError, InputValueResult, Object, Scalar, ScalarType, Schema,
    SimpleObject, Subscription, Value,
};
use futures::stream;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, PoisonError};

use super::change::{Change, ChangeKind, Watch};
use super::notes::{Note, Notes};
use super::rights::{typed, unauthorized};
use super::run::Run;

/// The largest page of [`Query::list_notes`].
const LARGEST_PAGE: i32 = 1000;

pub(super) static SCHEMA: LazyLock<Schema<Query, Mutation, Subscriptions>> =
    LazyLock::new(|| Schema::build(Query, Mutation, Subscriptions).limit_depth(75).finish());

/// A note, or as much of it as a mutation told.
pub(super) struct NoteView {
    note: Note,
    /// What the mutation selected; subscribers get no more than that.
    selected: Option<BTreeSet<String>>,
}

impl NoteView {
    fn whole(note: Note) -> Self {
        Self { note, selected: None }
    }

    fn has(&self, field: &str) -> bool {
        self.selected.as_ref().is_none_or(|fields| fields.contains(field))
    }

    fn required<T>(&self, field: &str, kind: &str, value: T) -> Result<T, Error> {
        if self.has(field) {
            return Ok(value);
        }
        let text = format!("Cannot return null for non-nullable type: '{kind}' within parent 'Note' ({field})");
        Err(Error::new(text))
    }
}

#[Object(name = "Note")]
impl NoteView {
    async fn id(&self) -> Result<ID, Error> {
        self.required("id", "ID", ID(self.note.id.clone()))
    }

    /// The user name, subject or identity id of the author.
    async fn owner(&self) -> Result<&str, Error> {
        self.required("owner", "String", &self.note.owner)
    }

    async fn title(&self) -> Result<&str, Error> {
        self.required("title", "String", &self.note.title)
    }

    async fn content(&self) -> Option<&str> {
        self.note.content.as_deref().filter(|_| self.has("content"))
    }

    /// Everybody reads shared notes, editors write them.
    async fn shared(&self) -> Result<bool, Error> {
        self.required("shared", "Boolean", self.note.shared)
    }

    async fn created_at(&self) -> Result<AwsDateTime, Error> {
        self.required("createdAt", "AWSDateTime", AwsDateTime(self.note.created_at.clone()))
    }
}

/// A date and time of ISO 8601.
pub(super) struct AwsDateTime(String);

#[Scalar(name = "AWSDateTime")]
impl ScalarType for AwsDateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A page of notes.
#[derive(SimpleObject)]
struct NoteConnection {
    items: Vec<NoteView>,
    /// Asks for the next page.
    next_token: Option<String>,
}

#[derive(InputObject)]
struct CreateNoteInput {
    title: String,
    content: Option<String>,
    #[graphql(default)]
    shared: bool,
}

#[derive(InputObject)]
struct UpdateNoteInput {
    id: ID,
    title: Option<String>,
    content: Option<String>,
    shared: Option<bool>,
}

#[derive(InputObject)]
struct DeleteNoteInput {
    id: ID,
}

/// What a field that may be null gives: an error of its own leaves the other fields alone.
type Nullable<T> = Option<Result<T, Error>>;

pub(super) struct Query;

#[Object]
impl Query {
    /// A note that the caller may read, or null.
    async fn get_note(&self, context: &Context<'_>, id: ID) -> Nullable<NoteView> {
        get(context, &id).transpose()
    }

    /// The notes that the caller may read, oldest first.
    async fn list_notes(
        &self,
        context: &Context<'_>,
        #[graphql(default = 100)] limit: i32,
        next_token: Option<String>,
    ) -> Nullable<NoteConnection> {
        Some(list(context, limit, next_token))
    }
}

pub(super) struct Mutation;

#[Object]
impl Mutation {
    /// Writes a note of the caller's; a shared one, if the caller is an editor.
    async fn create_note(&self, context: &Context<'_>, input: CreateNoteInput) -> Nullable<NoteView> {
        Some(create(context, input))
    }

    /// Changes a note that the caller may write. What is left out stays.
    async fn update_note(&self, context: &Context<'_>, input: UpdateNoteInput) -> Nullable<NoteView> {
        Some(update(context, input))
    }

    /// Removes a note that the caller may write.
    async fn delete_note(&self, context: &Context<'_>, input: DeleteNoteInput) -> Nullable<NoteView> {
        Some(delete(context, &input.id))
    }
}

/// Subscriptions tell of what the caller may read. `owner` narrows them; another's notes can't be asked for.
pub(super) struct Subscriptions;

/// Nothing when a subscription starts; then one note at a time.
type Events = stream::Iter<std::option::IntoIter<Option<NoteView>>>;

#[Subscription(name = "Subscription")]
impl Subscriptions {
    async fn on_create_note(&self, context: &Context<'_>, owner: Option<String>) -> Result<Events, Error> {
        watch(context, "onCreateNote", ChangeKind::Created, owner)
    }

    async fn on_update_note(&self, context: &Context<'_>, owner: Option<String>) -> Result<Events, Error> {
        watch(context, "onUpdateNote", ChangeKind::Updated, owner)
    }

    async fn on_delete_note(&self, context: &Context<'_>, owner: Option<String>) -> Result<Events, Error> {
        watch(context, "onDeleteNote", ChangeKind::Deleted, owner)
    }
}

fn run<'c>(context: &Context<'c>) -> Result<&'c Run, Error> {
    context.data::<Arc<Run>>().map(AsRef::as_ref)
}

fn get(context: &Context<'_>, id: &ID) -> Result<Option<NoteView>, Error> {
    let run = run(context)?;
    run.rights.field("Query", "getNote")?;
    let note = run.notes().get(id).filter(|note| run.rights.sees(note)).cloned();
    Ok(note.map(NoteView::whole))
}

fn list(context: &Context<'_>, limit: i32, next_token: Option<String>) -> Result<NoteConnection, Error> {
    let run = run(context)?;
    run.rights.field("Query", "listNotes")?;
    let after = next_token.map_or(Ok(0), |token| token.parse());
    let after = after.map_err(|_| typed("BadRequestException", "nextToken is none that was given out."))?;
    let limit = match usize::try_from(limit) {
        Ok(count) if (1..=LARGEST_PAGE).contains(&limit) => count,
        _ => return Err(typed("BadRequestException", format!("limit must be 1 to {LARGEST_PAGE}."))),
    };
    let notes = run.notes();
    let mut seen = notes.after(after).filter(|(_, note)| run.rights.sees(note)).peekable();
    let page: Vec<(u64, &Note)> = seen.by_ref().take(limit).collect();
    let next_token = seen.peek().and(page.last()).map(|(number, _)| number.to_string());
    Ok(NoteConnection { items: page.into_iter().map(|(_, note)| NoteView::whole(note.clone())).collect(), next_token })
}

fn create(context: &Context<'_>, input: CreateNoteInput) -> Result<NoteView, Error> {
    let run = run(context)?;
    run.rights.field("Mutation", "createNote")?;
    let owner = run.rights.identity.owner.clone().ok_or_else(|| unauthorized("Mutation", "createNote"))?;
    let (id, created_at) = run.stamp();
    let note = Note { id, owner, title: input.title, content: input.content, shared: input.shared, created_at };
    if !run.rights.writes(&note) {
        return Err(unauthorized("Mutation", "createNote"));
    }
    run.notes().add(note.clone());
    Ok(changed(context, run, ChangeKind::Created, note))
}

fn update(context: &Context<'_>, input: UpdateNoteInput) -> Result<NoteView, Error> {
    let run = run(context)?;
    run.rights.field("Mutation", "updateNote")?;
    let mut notes = run.notes();
    let old = writable(run, &notes, &input.id, "updateNote")?;
    let note = Note {
        title: input.title.unwrap_or(old.title),
        content: input.content.or(old.content),
        shared: input.shared.unwrap_or(old.shared),
        ..old
    };
    if !run.rights.writes(&note) {
        return Err(unauthorized("Mutation", "updateNote"));
    }
    notes.replace(note.clone());
    Ok(changed(context, run, ChangeKind::Updated, note))
}

fn delete(context: &Context<'_>, id: &ID) -> Result<NoteView, Error> {
    let run = run(context)?;
    run.rights.field("Mutation", "deleteNote")?;
    let mut notes = run.notes();
    let note = writable(run, &notes, id, "deleteNote")?;
    notes.remove(&note.id);
    Ok(changed(context, run, ChangeKind::Deleted, note))
}

/// A note to write to; one that the caller may not even read is not there.
fn writable(run: &Run, notes: &Notes, id: &ID, field: &str) -> Result<Note, Error> {
    let note = notes.get(id).filter(|note| run.rights.sees(note));
    let note = note.ok_or_else(|| typed("NotFoundException", format!("There is no note {}.", id.as_str())))?;
    if run.rights.writes(note) { Ok(note.clone()) } else { Err(unauthorized("Mutation", field)) }
}

/// Notes the change for the subscribers.
fn changed(context: &Context<'_>, run: &Run, kind: ChangeKind, note: Note) -> NoteView {
    let selected = context.field().selection_set().map(|field| field.name().to_owned()).collect();
    let mut changes = run.changes.lock().unwrap_or_else(PoisonError::into_inner);
    changes.push(Change { kind, note: note.clone(), selected });
    NoteView::whole(note)
}

fn watch(context: &Context<'_>, field: &str, kind: ChangeKind, owner: Option<String>) -> Result<Events, Error> {
    let run = run(context)?;
    run.rights.field("Subscription", field)?;
    if owner.is_some() && owner != run.rights.identity.owner {
        return Err(unauthorized("Subscription", field));
    }
    let mut watches = run.watches.lock().unwrap_or_else(PoisonError::into_inner);
    watches.push(Watch { kind, owner });
    let told = run.told.clone().map(|change| Some(NoteView { note: change.note, selected: Some(change.selected) }));
    Ok(stream::iter(told))
}
