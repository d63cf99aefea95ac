//! What there is to know of one operation's builder.

use syn::{Block, Expr, Ident, Stmt, Type};

use crate::{pass::tree, service::Operation};

/// One operation, as progenitor made it.
#[derive(Clone)]
pub(in crate::pass) struct Builder {
    /// What the document says of it.
    pub(in crate::pass) operation: Operation,
    /// The builder's name: `RecoverDataVolume`.
    pub(in crate::pass) name: Ident,
    /// The client's method: `recover_data_volume`.
    pub(in crate::pass) method: Ident,
    /// What callers set, in the order in which it stands in the builder.
    pub(in crate::pass) parameters: Vec<Parameter>,
    /// The expression that makes the body of the parameters, where the body was taken apart.
    pub(in crate::pass) body: Option<Expr>,
    /// The objects of the body that were taken apart: the name of each in the body, and what the document says of it.
    pub(in crate::pass) objects: Vec<(String, String)>,
    /// `let url = format!(…);`
    pub(in crate::pass) url: Stmt,
    /// The statements that fill `header_map` with header parameters.
    pub(in crate::pass) headers: Vec<Stmt>,
    /// `client.client.put(url)….build()`
    pub(in crate::pass) request: Expr,
    /// What a success decodes to.
    pub(in crate::pass) success: Type,
    /// Whether the builder can be cloned: one that holds a stream can't.
    pub(in crate::pass) can_clone: bool,
}

/// Something that callers set.
#[derive(Clone)]
pub(in crate::pass) struct Parameter {
    /// Name of its setter.
    pub(in crate::pass) name: Ident,
    /// Its type, without what `kind` says.
    pub(in crate::pass) ty: Type,
    /// Whether and how it may be left out.
    pub(in crate::pass) kind: Kind,
    /// What the document says of it.
    pub(in crate::pass) description: String,
}

/// Whether and how a parameter may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pass) enum Kind {
    /// A `T` that has to be there.
    Required,
    /// An `Option<T>`.
    Optional,
    /// A `List<T>` in a body: absent, null and empty are three things.
    List,
    /// A `List<T>` in a query, which knows no null.
    QueryList,
}

impl Parameter {
    /// Whether it is a list, which a query repeats.
    pub(in crate::pass) fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List | Kind::QueryList) || tree::argument(&self.ty, "Vec").is_some()
    }
}

impl Builder {
    /// A name for a variable of ours that no parameter has: underscores are put before it until it is free.
    pub(in crate::pass) fn free_name(&self, wanted: &str) -> Ident {
        let mut name = wanted.to_owned();
        while self.parameters.iter().any(|parameter| parameter.name == name) {
            name.insert(0, '_');
        }
        Ident::new(&name, proc_macro2::Span::call_site())
    }
}

/// The statements of progenitor's `send`, by what they do.
pub(super) struct Send<'a>(pub(super) &'a Block);

impl<'a> Send<'a> {
    /// The initialiser of `let name = …;` for which `is` holds.
    pub(super) fn binding(&self, is: impl Fn(&Ident, &Expr) -> bool) -> Option<(&'a Stmt, &'a Expr)> {
        self.0.stmts.iter().find_map(|statement| {
            let Stmt::Local(local) = statement else { return None };
            let syn::Pat::Ident(name) = &local.pat else { return None };
            let value = &*local.init.as_ref()?.expr;
            is(&name.ident, value).then_some((statement, value))
        })
    }
}
