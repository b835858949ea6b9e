//! The steps of a sign-in: a small form for each.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use poolpass_web::{Answer, Challenge, FirstFactor, Refused, SecondFactor, SentCode, SetUpFactor, SignIn, Step};

use crate::Kit;

/// Where outcomes go: the step that the user is asked for, and the notice.
#[derive(Clone, Copy)]
pub(crate) struct Outlet {
    pub(crate) auth: Kit,
    pub(crate) asked: RwSignal<Option<Challenge>, LocalStorage>,
    pub(crate) set_notice: WriteSignal<String>,
}

impl Outlet {
    /// Shows what a sign-in or an answer has come to.
    pub(crate) async fn proceed(self, result: Result<SignIn, Refused<Challenge>>) {
        let say = |text: &str| self.set_notice.set(text.to_owned());
        match result {
            Ok(SignIn::Done { .. }) => say(""), // the listener shows the user
            Ok(SignIn::ConfirmSignUp) => say("Enter the code that we sent you."),
            Ok(SignIn::ResetPassword) => say("Choose a new password."),
            Ok(SignIn::Challenge(challenge)) => {
                say("");
                self.asked.set(Some(challenge));
            }
            Err(refused) => {
                say(&refused.error.message());
                match refused.again {
                    Some(step) => self.asked.set(Some(step)),
                    // The sign-in is at another step, or over.
                    None => self.asked.set(self.pending().await),
                }
            }
        }
    }

    /// Asks for the step that this tab's sign-in is at, if there is one, as after a reload.
    pub(crate) async fn resume(self) {
        if let Some(step) = self.pending().await {
            self.asked.set(Some(step));
        }
    }

    async fn pending(self) -> Option<Challenge> {
        self.auth.get_value().pending_sign_in().await.ok().flatten()
    }
}

/// The form for a step. The value of the step is consumed by the answer.
pub(crate) fn step(challenge: Challenge, outlet: Outlet) -> AnyView {
    match challenge {
        Challenge::SmsMfa(code) => sent(code, Challenge::SmsMfa, outlet),
        Challenge::SmsOtp(code) => sent(code, Challenge::SmsOtp, outlet),
        Challenge::EmailOtp(code) => sent(code, Challenge::EmailOtp, outlet),
        Challenge::TotpMfa(code) => {
            let text = "Enter the code of your authenticator app.".to_owned();
            form(code, Field::code(text), |code, text| code.respond(text), Challenge::TotpMfa, outlet)
        }
        Challenge::SetUpTotp(set_up) => {
            let uri = set_up.uri("Poolpass in Leptos").expose_secret().clone();
            let secret = set_up.secret().expose_secret().clone();
            let field = Field::code("Then enter its first code.".to_owned());
            let form = form(set_up, field, |step, text| step.respond(text), Challenge::SetUpTotp, outlet);
            view! {
                <p><a href=uri>"Add this app to your authenticator app"</a>", or type the secret "<code>{secret}</code></p>
                {form}
            }
            .into_any()
        }
        Challenge::SetUpEmail(address) => {
            let field = Field::new("Enter the address for codes.".to_owned(), "E-mail", "email", "email");
            form(address, field, |step, text| step.respond(&text), Challenge::SetUpEmail, outlet)
        }
        Challenge::NewPassword(new) => {
            let text = "Choose a new password.".to_owned();
            let field = Field::new(text, "New password", "password", "new-password");
            form(new, field, |new, text| new.respond(text), Challenge::NewPassword, outlet)
        }
        Challenge::Password(password) => {
            let field = Field::new("Enter your password.".to_owned(), "Password", "password", "current-password");
            form(password, field, |password, text| password.respond(text), Challenge::Password, outlet)
        }
        Challenge::ChooseFirstFactor(choice) => {
            let factors = choice.factors().into_iter().map(|factor| (factor, first_factor(factor))).collect();
            buttons(choice, factors, |choice, factor| choice.choose(factor), Challenge::ChooseFirstFactor, outlet)
        }
        Challenge::ChooseSecondFactor(choice) => {
            let factors = choice.factors().into_iter().map(|factor| (factor, second_factor(factor))).collect();
            buttons(choice, factors, |choice, factor| choice.choose(factor), Challenge::ChooseSecondFactor, outlet)
        }
        Challenge::ChooseSetUp(choice) => {
            let factors = choice.factors().into_iter().map(|factor| (factor, set_up_factor(factor))).collect();
            buttons(choice, factors, |choice, factor| choice.choose(factor), Challenge::ChooseSetUp, outlet)
        }
        Challenge::Passkey(passkey) => {
            let passkey = StoredValue::new_local(Some(passkey));
            let ask = move |_| {
                let Some(step) = passkey.try_update_value(Option::take).flatten() else { return };
                let asking = outlet.auth.get_value().use_passkey(step);
                spawn_local(async move { outlet.proceed(asking.await.map_err(|it| it.map(Challenge::Passkey))).await });
            };
            view! { <button on:click=ask>"Use the passkey"</button> }.into_any()
        }
        // This app's pool has no triggers that ask.
        Challenge::Custom(_) | Challenge::Unknown(_) => {
            view! { <p>"This app does not know the next step."</p> }.into_any()
        }
    }
}

/// An input and what is said about it.
struct Field {
    text: String,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
}

impl Field {
    const fn new(text: String, label: &'static str, kind: &'static str, autocomplete: &'static str) -> Self {
        Self { text, label, kind, autocomplete }
    }

    const fn code(text: String) -> Self {
        Self::new(text, "Code", "text", "one-time-code")
    }
}

fn sent(code: SentCode, wrap: fn(SentCode) -> Challenge, outlet: Outlet) -> AnyView {
    let to = code.delivery().destination.unwrap_or_default();
    form(
        code,
        Field::code(format!("Enter the code that we sent to {to}.")),
        |code, text| code.respond(text),
        wrap,
        outlet,
    )
}

/// A form with one input, whose text answers the step.
fn form<T: Step + 'static>(
    step: T,
    field: Field,
    respond: fn(T, String) -> Answer<T>,
    wrap: fn(T) -> Challenge,
    outlet: Outlet,
) -> AnyView {
    let answer = answering(step, wrap, outlet);
    let text = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        answer(&|step| respond(step, text.get_untracked()));
    };
    view! {
        <form on:submit=submit>
            <p>{field.text}</p>
            <label>{field.label} " " <input type=field.kind autocomplete=field.autocomplete bind:value=text /></label>
            <button>"Continue"</button>
        </form>
    }
    .into_any()
}

/// A button for each choice.
fn buttons<T: Step + 'static, C: Copy + 'static>(
    step: T,
    choices: Vec<(C, &'static str)>,
    choose: fn(T, C) -> Answer<T>,
    wrap: fn(T) -> Challenge,
    outlet: Outlet,
) -> AnyView {
    let answer = answering(step, wrap, outlet);
    let button = |(choice, name): (C, &'static str)| {
        view! { <button on:click=move |_| answer(&|step| choose(step, choice))>{name}</button> }
    };
    choices.into_iter().map(button).collect_view().into_any()
}

/// A function that answers the step, once.
fn answering<T: Step + 'static>(
    step: T,
    wrap: fn(T) -> Challenge,
    outlet: Outlet,
) -> impl Fn(&dyn Fn(T) -> Answer<T>) + Copy + 'static {
    let step = StoredValue::new_local(Some(step));
    move |answer| {
        let Some(step) = step.try_update_value(Option::take).flatten() else { return };
        let answer = answer(step);
        spawn_local(async move { outlet.proceed(answer.await.map_err(|refused| refused.map(wrap))).await });
    }
}

const fn first_factor(factor: FirstFactor) -> &'static str {
    match factor {
        FirstFactor::EmailOtp => "Send a code by e-mail",
        FirstFactor::SmsOtp => "Send a code by text message",
        FirstFactor::WebAuthn => "Use a passkey",
        _ => "Use the password",
    }
}

const fn second_factor(factor: SecondFactor) -> &'static str {
    match factor {
        SecondFactor::Email => "Send a code by e-mail",
        SecondFactor::Sms => "Send a code by text message",
        _ => "Use the authenticator app",
    }
}

const fn set_up_factor(factor: SetUpFactor) -> &'static str {
    match factor {
        SetUpFactor::Email => "Get codes by e-mail",
        _ => "Use an authenticator app",
    }
}
